"""How each subject of the guide is done, step by step, as its words say. An Owner is signed in."""

from wits_site.guide.registry import WALKS
from wits_site.guide.walks import accounts, joining, looking_after, pages, people, pictures, site

__all__ = ["WALKS", "accounts", "joining", "looking_after", "pages", "people", "pictures", "site"]
