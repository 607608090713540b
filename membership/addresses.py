"""Email addresses: what is one, which spellings are the same, and which look mistyped."""

import unicodedata

from django.utils.crypto import salted_hmac
from email_validator import EmailNotValidError, validate_email

from membership.errors import WrongAddress

# Where most of the club's members have their mail. Only these are ever suggested.
KNOWN_DOMAINS = (
    "uwo.ca",
    "gmail.com",
    "outlook.com",
    "hotmail.com",
    "icloud.com",
    "yahoo.com",
    "yahoo.ca",
    "live.com",
    "live.ca",
    "hotmail.ca",
    "proton.me",
    "protonmail.com",
    "alumni.uwo.ca",
    "ivey.ca",
    "me.com",
    "mac.com",
    "msn.com",
    "googlemail.com",
    "ymail.com",
    "aol.com",
    "gmx.com",
    "gmx.ca",
    "mail.com",
    "fanshawec.ca",
    "fanshaweonline.ca",
    "uwaterloo.ca",
    "utoronto.ca",
    "mcmaster.ca",
    "queensu.ca",
    "yorku.ca",
    "rogers.com",
    "bell.net",
    "sympatico.ca",
)
# The only ones that a near miss is corrected to: a mistake for a rarer domain is as likely a rarer domain.
SUGGESTED = KNOWN_DOMAINS[:8]
# Endings that no country or registry has, and what was meant.
WRONG_ENDINGS = {
    "con": "com",
    "cmo": "com",
    "ocm": "com",
    "comm": "com",
    "vom": "com",
    "xom": "com",
    "cpm": "com",
    "coom": "com",
    "cim": "com",
    "caa": "ca",
    "cca": "ca",
}
# Domains that exist, have mail, and stand one or two letters from a known one.
EXISTING_NEIGHBOURS = frozenset(
    {
        "ualberta.ca",
        "ufo.ca",
        "uvo.ca",
        "uw.ca",
        "uwa.ca",
        "duo.ca",
        "email.com",
        "gmail.ca",
        "mail.ca",
        "fmail.com",
        "hotmail.co",
        "hotmail.es",
        "hotmail.it",
        "hotmail.de",
        "hotmail.fr",
        "hotmail.be",
        "yahoo.co",
        "yahoo.de",
        "yahoo.es",
        "yahoo.fr",
        "yahoo.it",
        "yahoo.in",
        "outlook.ca",
        "outlook.de",
        "outlook.es",
        "outlook.fr",
        "outlook.it",
        "cloud.com",
        "zoho.com",
        "yoho.com",
    }
)
MAX_LENGTH = 320  # 64 before the @, 255 behind it: RFC 5321


def clean_email(raw: str) -> str:
    """The address as typed, without spaces around it, in Unicode's composed form.

    Raises `WrongAddress` with words for the visitor. The domain is not asked for (no DNS): a name server that is
    away must not keep anyone from joining.
    """
    address = unicodedata.normalize("NFC", raw.strip())
    if not address:
        raise WrongAddress("Please type your email address.")
    if len(address) > MAX_LENGTH:
        raise WrongAddress("That address is too long to be right. Please check it.")
    if any(character.isspace() for character in address):
        raise WrongAddress("There is a space inside that address. Please take it out.")
    if "@" not in address:
        raise WrongAddress("An email address has an @ in it, like maya@uwo.ca. Please check yours.")
    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise WrongAddress("That does not look like an email address. Please check it.") from error


def email_and_key(raw: str) -> tuple[str, str]:
    """`clean_email` and its `email_key`. Raises `WrongAddress`."""
    email = clean_email(raw)
    return email, email_key(email)


def email_key(email: str) -> str:
    """What makes two spellings one person: composed Unicode, lower case, the domain in its ASCII (IDNA) form.

    Dots and +tags before the @ are kept: only some providers ignore them. Takes what `clean_email` accepts; of
    anything else it makes a key too, so that addresses from Stripe's page never stop a payment.
    """
    address = unicodedata.normalize("NFC", email.strip())
    try:
        parts = validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return address.lower()
    return unicodedata.normalize("NFC", f"{parts.local_part}@{parts.ascii_domain}".lower())


def mailbox_digest(email: str) -> str:
    """Tells mailboxes apart for counting, without naming them: keyed, so nobody who reads it can find the address.

    Without dots and +tags, which most providers ignore: a limit on mails is on what one person receives. Two people
    whom this takes for one only share a limit.
    """
    local, _, domain = email_key(email).rpartition("@")
    mailbox = f"{local.partition('+')[0].replace('.', '')}@{domain}"
    return salted_hmac("membership.mailbox", mailbox, algorithm="sha256").hexdigest()[:32]


def suggestion(email: str) -> str | None:
    """The address that was probably meant ("did you mean …?"), or None where nothing looks mistyped."""
    local, at, typed = email.strip().rpartition("@")
    domain = typed.lower()
    if not at or not local or not domain or domain in KNOWN_DOMAINS:
        return None
    if domain.removesuffix(domain.rpartition(".")[2]) == "uwo.":
        return f"{local}@uwo.ca"
    ending = domain.rpartition(".")[2]
    if ending in WRONG_ENDINGS:
        domain = domain.removesuffix(ending) + WRONG_ENDINGS[ending]
        if domain in KNOWN_DOMAINS:
            return f"{local}@{domain}"
    near = min(SUGGESTED, key=lambda known: _distance(domain, known))
    # Short names have many neighbours that exist (ufo.ca): one letter for them, two for the longer ones.
    allowed = 1 if len(near) < len("gmail.com") else 2
    if 0 < _distance(domain, near) <= allowed and domain not in EXISTING_NEIGHBOURS:
        return f"{local}@{near}"
    return f"{local}@{domain}" if domain != typed.lower() else None


def _distance(a: str, b: str) -> int:
    """How many letters to add, drop, change or swap with their neighbour to get from `a` to `b` (over 2 is far)."""
    if abs(len(a) - len(b)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(b, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
