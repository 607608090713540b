"""The first steps in their order: what each is for, and how the site knows that it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from desk.first_steps import places
from desk.first_steps.known import Known
from home.site_settings import SiteSettings
from membership.models import Level

STRIPE, HUBSPOT, MAIL = "stripe", "hubspot", "mail"


@dataclass(frozen=True)
class Step:
    """`done` says whether the data shows it; a step that only asking can show has none. `place` is where it is done,
    with the words of its link; `now` is how it stands, line by line."""

    slug: str
    title: str
    why: str
    place: Callable[[], str]
    place_words: str
    now: Callable[[Known], list[str]]
    done: Callable[[Known], bool] = lambda known: False

    def is_over(self, known: Known) -> bool:
        """Whether nobody need do it any more: it is done, or was put aside."""
        row = known.rows.get(self.slug)
        return bool(row and (row.is_done or row.put_aside)) or self.done(known)


STEPS: tuple[Step, ...] = (
    Step(
        slug="name",
        title="Say who you are",
        why="The club’s name stands in the title of every page, at its foot, and in what search engines show.",
        place=places.name,
        place_words="Change the name",
        now=lambda known: [f"{known.club.name}: {known.club.full_name}, {known.club.place}"],
        done=lambda known: SiteSettings in known.saved,
    ),
    Step(
        slug="picture",
        title="Choose the picture of shared links",
        why="The wordmark wits+ is drawn on every page already. This is the picture that people see where somebody "
        "shares the site: a logo on a coloured ground, or the team.",
        place=places.picture,
        place_words="Choose a picture",
        now=lambda known: [
            "A picture is chosen." if known.club.share_picture_id else "No picture yet: the site draws one."
        ],
        done=lambda known: bool(known.club.share_picture_id),
    ),
    Step(
        slug=STRIPE,
        title="See whether Stripe answers",
        why="Stripe takes the payments. Its keys lie on the server, and a maintainer puts them there; here you see "
        "whether they are right, before somebody wants to pay.",
        place=places.levels,
        place_words="See what is sold",
        now=lambda known: known.stripe_keys,
    ),
    Step(
        slug=HUBSPOT,
        title="See whether HubSpot answers",
        why="HubSpot holds the list for your newsletter. Every member is written there by itself, once its key is "
        "right.",
        place=places.deliveries,
        place_words="See what was sent there",
        now=lambda known: known.hubspot_keys,
    ),
    Step(
        slug="price",
        title="Set the price",
        why="What a membership costs, and for how long. Whoever opens the join page reads it there.",
        place=places.price,
        place_words="Change the price",
        now=lambda known: known.prices,
        done=lambda known: Level in known.saved,
    ),
    Step(
        slug=MAIL,
        title="Send yourself a mail",
        why="New members get a welcome mail. Send one to yourself: only your mailbox can say whether it arrives, and "
        "not among the spam.",
        place=places.mails,
        place_words="Change where replies go",
        now=lambda known: known.sender,
    ),
    Step(
        slug="small-print",
        title="Read what you promise",
        why="The site came with terms, a refund policy and words about privacy. They are the club’s word to who "
        "pays: read them, and change what you would not keep.",
        place=places.small_print,
        place_words="Read the small print",
        now=lambda known: known.small_print,
        done=lambda known: known.has_own_small_print,
    ),
    Step(
        slug="executives",
        title="Let a second person in",
        why="An Owner who is ill or abroad must not be the only one with a key. Editors change pages, Treasurers see "
        "members and payments, Owners do all of it.",
        place=places.accounts,
        place_words="Give somebody an account",
        now=lambda known: [places.counted(known.accounts, "account so far", "accounts so far")],
        done=lambda known: known.accounts > 1,
    ),
    Step(
        slug="team",
        title="Show who is on the team",
        why="Visitors want to see faces. Make the team’s page, then put the first person on it; the others can add "
        "themselves.",
        place=places.team,
        place_words="Put somebody on the team",
        now=lambda known: [known.team],
        done=lambda known: known.has_team,
    ),
)
SLUGS = frozenset(step.slug for step in STEPS)
