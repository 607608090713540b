"""The small print of a fresh site: terms, refunds and privacy, in words that a person can read.

They say what the program does, and what a club owes who pays; the first steps ask the first Owner to read them.
"""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from home.first_content import home_page
from home.page_parts import WRITE, section
from home.site_settings import SiteSettings
from home.standard_page import StandardPage

TERMS: dict[str, Any] = {
    "title": "Terms of membership",
    "slug": "terms",
    "lede": "What you get, what you pay, and how we treat each other. It takes two minutes to read.",
    "tone": "mint",
    "body": [
        section(
            "What you get",
            "A membership of the Women in Technology Society at the level you choose, with the perks that stand "
            "beside it on the join page. Some perks are for women and non-binary Western students; each says so.",
            "It lasts until the date that the join page names. It does not renew by itself, and nothing is "
            "charged again.",
        ),
        section(
            "What you pay",
            "The price on the join page, in Canadian dollars, once. You pay on Stripe’s own page; we never see "
            'your card number. If you change your mind, our <a href="/refunds/">refund policy</a> says how you '
            "get it back.",
        ),
        section(
            "How we treat each other",
            "Be kind, and leave room for others. We may ask someone who makes an event worse for others to leave, "
            "and end a membership if it happens again.",
        ),
        section(
            "What we may change",
            "Perks come and go with the companies that pay for them. If one that you joined for ends within your "
            "year, tell us, and we find something fair.",
        ),
        section("Questions", f"Write to {WRITE}. A student reads it, usually within two days."),
    ],
}

REFUNDS: dict[str, Any] = {
    "title": "Refund policy",
    "slug": "refunds",
    "lede": "Changed your mind within 14 days? You get everything back, no reasons needed.",
    "tone": "yellow",
    "body": [
        section(
            "How to ask",
            f"Write to {WRITE} from the address you joined with, within 14 days of paying. One line is enough.",
            "We send the whole amount back to the card you paid with. Banks take five to ten days to show it, "
            "and your membership ends with it.",
        ),
        section(
            "After 14 days",
            "If you paid twice by mistake, or we could not give you what we promised, you get your money back "
            "whenever you tell us. Otherwise the membership stays yours until it ends.",
        ),
    ],
}

PRIVACY: dict[str, Any] = {
    "title": "Your data, in plain words",
    "seo_title": "Privacy",
    "slug": "privacy",
    "lede": "We ask for little, we say what we do with it, and we delete it when you ask.",
    "tone": "blush",
    "body": [
        section(
            "What we know about you",
            "If you join: your name, your email address, your level, when you joined and until when, what you "
            "paid, and whether you want the newsletter. If you only read this site: nothing.",
        ),
        section(
            "Who else sees it",
            "Stripe takes your payment and knows your name, email address and card. HubSpot keeps our contact "
            "list, and sends the newsletter if you asked for it. Both keep data in the United States. The "
            "students who run the club see the member list. Nobody else, and we never sell it.",
        ),
        section(
            "Cookies",
            "None while you read. When you fill in the join form, your browser keeps two small notes: one that "
            "proves the form is yours, one that lets you come back to it. No ads, no tracking.",
        ),
        section("Films", "They lie on YouTube, which learns of you only when you press play."),
        section("Newsletter", "Only if you ticked the box. Every issue has a link that stops it."),
        section(
            "See it, correct it, delete it",
            f"Write to {WRITE} from the address you joined with. We send you what we have, put right what is "
            "wrong, or delete it. Records of payments stay for as long as the club must keep its books.",
        ),
    ],
}

PAGES = [TERMS, REFUNDS, PRIVACY]


def ensure_small_print() -> dict[str, StandardPage]:
    """Make the pages that are missing under the home page, and a column of the footer that leads to them where the
    footer is empty. Returns them by slug. Safe without migrations, as in the tests.
    """
    home = home_page()
    there = {page.slug: page for page in small_print()}
    pages = {
        words["slug"]: there.get(words["slug"]) or home.add_child(instance=StandardPage(**words)) for words in PAGES
    }
    site = SiteSettings.load()
    if not site.footer:
        links = [
            {"text": text, "page": pages[slug], "address": ""}
            for text, slug in (("Terms", "terms"), ("Refunds", "refunds"), ("Privacy", "privacy"))
        ]
        site.footer = [("column", {"title": "Small print", "links": links})]
        site.save()
    return pages


def small_print() -> QuerySet[StandardPage]:
    """Those of the pages that are still where they were made, under the home page."""
    slugs = [words["slug"] for words in PAGES]
    directly_under_home = 3
    return StandardPage.objects.filter(depth=directly_under_home, slug__in=slugs).select_related("latest_revision")


def is_untouched(page: Page) -> bool:
    """Whether nobody has saved the page since it was made."""
    return page.latest_revision is None or page.latest_revision.user_id is None
