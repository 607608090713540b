"""What executives build pages from. Named lists say what may stand where."""

from home.blocks.bands import HOME_BANDS
from home.blocks.words import PAGE_BODY, WORDS

__all__ = ["HOME_BANDS", "PAGE_BODY", "WORDS"]
