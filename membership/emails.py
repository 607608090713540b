"""The mails that members get. Executives edit the words under Mail texts; these are the original ones."""

from outbox.mails import MailKind, register_mail

WELCOME = MailKind(
    key="welcome",
    label="Welcome",
    purpose="Sent once to everyone who becomes a member, right after they paid or confirmed their address.",
    variables={
        "first_name": "Maya",
        "level": "WITS member",
        "until": "until 30 April 2027",
        "perks": "Early registration, Résumé review",
    },
    subject="You’re in: welcome to WITS!",
    body=(
        "Hi {first_name},\n\n"
        "You are a {level} now, {until}. There is nothing left to do.\n\n"
        "What comes with it: {perks}.\n\n"
        "Come to whatever looks fun. You belong here, whatever you study and however much you have built so far.\n\n"
        "If you did not join, just answer this mail and we will sort it out."
    ),
    button="See what’s coming up",
)
RENEWAL = MailKind(
    key="renewal",
    label="Renewal, or a second payment",
    purpose="Sent in place of the welcome to a member who paid again while their membership runs: it goes on for "
    "another term. It also tells those who paid twice by mistake what happened, and that they can have it back.",
    variables={
        "first_name": "Maya",
        "level": "WITS member",
        "term": "from 1 May 2027 until 30 April 2028",
        "perks": "Early registration, Résumé review",
    },
    subject="Your WITS membership goes on",
    body=(
        "Hi {first_name},\n\n"
        "Your payment arrived. You were a member already, so it is for another term after the one you have: you are "
        "a {level} {term} too. There is nothing left to do.\n\n"
        "What comes with it: {perks}.\n\n"
        "If you did not mean to pay again, just answer this mail: you get this payment back, and stay a member until "
        "your first term ends."
    ),
    button="See what’s coming up",
)
CONFIRM = MailKind(
    key="confirm",
    label="Confirm your address",
    purpose="Sent to someone who joins at a free level. The button makes them a member; it works for 24 hours.",
    variables={"first_name": "Maya", "level": "General member"},
    subject="One more step to join WITS",
    body=(
        "Hi {first_name},\n\n"
        "Thank you for joining as {level}. Press the button to confirm that this is your address, and you’re in. "
        "It works for 24 hours.\n\n"
        "If you did not ask to join, do nothing: no membership will be made."
    ),
    button="Yes, this is me",
)
RECEIPT = MailKind(
    key="receipt",
    label="Receipt for cash or e-transfer",
    purpose="Sent to someone whom you add by hand: what was paid, and what they are a member of.",
    variables={
        "first_name": "Maya",
        "level": "WITS member",
        "term": "from 21 September 2026 until 30 April 2027",
        "paid": "$15.00 in cash",
        "received_on": "21 September 2026",
        "perks": "Early registration, Résumé review",
    },
    subject="Your WITS membership: thank you!",
    body=(
        "Hi {first_name},\n\n"
        "You are a {level}, {term}. This mail is your receipt.\n\n"
        "Paid: {paid}. Written down on {received_on}.\n\n"
        "What comes with it: {perks}.\n\n"
        "If something here is not right, just answer this mail and we will sort it out."
    ),
    button="See what’s coming up",
)

FIRST_TO_KNOW = MailKind(
    key="opportunity",
    label="Link to apply, for members first",
    purpose="Sent to a member who asks for the link of an opportunity while it is for members first.",
    variables={
        "first_name": "Maya",
        "title": "Summer internship, data platform",
        "from": "Halfmoon",
        "last_day": "Friday 4 December",
    },
    subject="Here is the link: {title}",
    body=(
        "Hi {first_name},\n\n"
        "You asked for the link to **{title}**, from {from}. Everybody else gets it later; you can apply now, until "
        "{last_day}.\n\n"
        "Please keep the link to yourself for as long. If you did not ask for it, there is nothing to do."
    ),
    button="Apply",
)


def register_all() -> None:
    """Make the mails of this room known."""
    register_mail(WELCOME)
    register_mail(RENEWAL)
    register_mail(CONFIRM)
    register_mail(RECEIPT)
    register_mail(FIRST_TO_KNOW)
