"""The body of a page that can be almost anything: which blocks it takes, and how they lie on bands."""

import re
from typing import Any

from wagtail.blocks import StreamValue

from home.blocks.leads import ContactsBlock, LeadsBlock
from home.blocks.lists import (
    CardsBlock,
    EventListBlock,
    FileBlock,
    LogosBlock,
    MediaLinkBlock,
    PeopleBlock,
    PerksBlock,
    StatisticsBlock,
)
from home.blocks.pictures import GalleryBlock, PictureBlock, PictureTextBlock, VideoBlock, WaveBlock
from home.blocks.words import WORDS, CallBlock, FaqBlock, HeadingBlock, ProseBlock
from home.tones import edges

PAGE_BODY = [
    *WORDS,
    ("heading", HeadingBlock()),
    ("rich_text", ProseBlock()),
    ("faq", FaqBlock()),
    ("call", CallBlock()),
    ("picture", PictureBlock()),
    ("picture_text", PictureTextBlock()),
    ("gallery", GalleryBlock()),
    ("video", VideoBlock()),
    ("cards", CardsBlock()),
    ("people", PeopleBlock()),
    ("logos", LogosBlock()),
    ("statistics", StatisticsBlock()),
    ("perks", PerksBlock()),
    ("event_list", EventListBlock()),
    ("media_link", MediaLinkBlock()),
    ("leads", LeadsBlock()),
    ("contacts", ContactsBlock()),
    ("file", FileBlock()),
    ("wave", WaveBlock()),
]

# Fewer headings than this need no list of them.
CONTENTS_FROM = 3
# Names that other parts of a page have already, or may have.
TAKEN = re.compile(r"main|menu|contents|past|(?:portfolio|speakers|tier)-\d+|h-\w+")


def body_context(body: StreamValue, tone: str = "cream", *, after: int = 0) -> dict[str, Any]:
    """What `components/body.html` needs: the bands with their blocks, the list of contents, the footer's edge.

    The first band has `tone`; each wave block begins another. A wave with nothing after it is left out.
    `after` is how many bands with edges the page has before these.
    """
    groups: list[dict[str, Any]] = [{"tone": tone, "blocks": []}]
    for block in body:
        if block.block_type != "wave":
            groups[-1]["blocks"].append(block)
        elif groups[-1]["blocks"] or len(groups) == 1:
            groups.append({"tone": block.value["tone"], "blocks": []})
        else:
            groups[-1]["tone"] = block.value["tone"]
    groups = [group for i, group in enumerate(groups) if group["blocks"] or i == 0]
    waves, footer_wave = edges(after + len(groups))
    headings = headings_of(body)
    return {
        "bands": [{**group, "wave": wave} for group, wave in zip(groups, waves[after:], strict=True)],
        "contents": headings if len(headings) >= CONTENTS_FROM else [],
        "footer_wave": footer_wave,
    }


def headings_of(body: StreamValue) -> list[Any]:
    """The values of the blocks with a heading, each with an anchor that no other part of the page has."""
    values = [block.value for block in body if hasattr(block.value, "anchor")]
    found: list[Any] = []
    taken: set[str] = set()
    for value in values:
        while value.anchor in taken or TAKEN.fullmatch(value.anchor):
            value.nth += 1
        taken.add(value.anchor)
        if (value.get("heading") or "").strip():
            found.append(value)
        value.level = 3 if found else 2
    return found
