"""How the join page is laid out for executives: a tab for each step of joining."""

from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, PageChooserPanel

from home.base_page import HeroPage

TABS = [
    ObjectList(
        [
            FieldPanel("title", help_text="In the browser’s tab and in menus, for example: Join WITS."),
            MultiFieldPanel(
                [
                    FieldPanel("heading"),
                    FieldPanel("lede", heading="Introduction"),
                    FieldPanel("drawing"),
                    FieldPanel("picture"),
                ],
                "Top",
            ),
            MultiFieldPanel(
                [
                    FieldPanel("form_heading"),
                    FieldPanel("email_hint"),
                    FieldPanel("newsletter_consent"),
                    FieldPanel("paid_button"),
                    FieldPanel("paid_note"),
                    FieldPanel("free_button"),
                    FieldPanel("free_note"),
                ],
                "Form",
            ),
            MultiFieldPanel(
                [
                    FieldPanel("small_print"),
                    PageChooserPanel("terms_page"),
                    PageChooserPanel("refund_page"),
                ],
                "Small print",
            ),
            MultiFieldPanel([FieldPanel("perks_heading"), FieldPanel("perks_intro")], "Perks"),
        ],
        heading="Join",
    ),
    ObjectList([FieldPanel("next_heading"), FieldPanel("next_steps")], heading="What happens next"),
    ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("welcome_title"),
                    FieldPanel("welcome_text"),
                    FieldPanel("welcome_heading"),
                    FieldPanel("welcome_steps"),
                ],
                "The new member",
            ),
            MultiFieldPanel([FieldPanel("others_title"), FieldPanel("others_text")], "In another browser"),
            MultiFieldPanel([FieldPanel("processing_title"), FieldPanel("processing_text")], "Payment under way"),
            MultiFieldPanel([FieldPanel("checking_title"), FieldPanel("checking_text")], "Stripe is away"),
            MultiFieldPanel([FieldPanel("unknown_title"), FieldPanel("unknown_text")], "Not found"),
            MultiFieldPanel([FieldPanel("case_title"), FieldPanel("case_text")], "Needs a person"),
            MultiFieldPanel([FieldPanel("refunded_title"), FieldPanel("refunded_text")], "Paid back"),
        ],
        heading="You are in",
    ),
    ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("cancelled_title"), FieldPanel("cancelled_text"), FieldPanel("continue_button")],
                "Turned back",
            ),
            MultiFieldPanel([FieldPanel("failed_title"), FieldPanel("failed_text")], "The bank said no"),
            MultiFieldPanel(
                [FieldPanel("away_title"), FieldPanel("away_text"), FieldPanel("away_button")],
                "Stripe is away",
            ),
            MultiFieldPanel([FieldPanel("limited_title"), FieldPanel("limited_text")], "Too many at once"),
            MultiFieldPanel([FieldPanel("expired_title"), FieldPanel("expired_text")], "Ran out of time"),
        ],
        heading="Left without paying",
    ),
    ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("check_title"),
                    FieldPanel("check_text"),
                    FieldPanel("again_button"),
                    FieldPanel("again_text"),
                ],
                "Check your mail",
            ),
            MultiFieldPanel(
                [FieldPanel("confirm_title"), FieldPanel("confirm_text"), FieldPanel("confirm_button")],
                "Confirm",
            ),
            MultiFieldPanel([FieldPanel("link_title"), FieldPanel("link_text")], "Link too old"),
        ],
        heading="Check your mail",
    ),
    ObjectList(
        [
            FieldPanel("closed_title", help_text="The title of the page while joining is closed."),
            FieldPanel("closed_text"),
        ],
        heading="Closed",
    ),
    ObjectList(HeroPage.promote_panels, heading="Search and sharing"),
]
