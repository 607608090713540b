"""What executives build pages from. Named lists say what may stand where."""

from home.blocks.bands import HOME_BANDS
from home.blocks.body import PAGE_BODY, body_context, headings_of
from home.blocks.words import WORDS

__all__ = ["HOME_BANDS", "PAGE_BODY", "WORDS", "body_context", "headings_of"]
