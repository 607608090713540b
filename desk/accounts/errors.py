"""What can be wrong with a sign-in, an invitation or a change of access; each says it in words for people."""


class TooManyAttempts(Exception):
    """Wrong passwords or codes, too many of them."""


class InvitationRefused(Exception):
    """Used, too old, replaced by a newer one, or never made by us."""


class LastOwner(Exception):
    """Nobody would be left who can let others in."""


class LastFactor(Exception):
    """Nothing would be left to sign in with."""
