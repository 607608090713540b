"""Why a file is no list, in words for the executive who uploaded it."""


class Unreadable(ValueError):
    """The file is no list. The message is for the executive."""
