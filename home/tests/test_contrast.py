"""Every colour of words is readable on every colour it stands on, by day and by night, read from the stylesheet."""

import pytest

from home.styleguide.tokens import colour, read_tokens
from home.tests.contrast import ratio

RAW, DAY, NIGHT = read_tokens()
SCHEMES = {"day": (RAW, DAY), "night": (RAW, DAY, NIGHT)}
LIGHT = ["tone-cream", "tone-paper", "surface"]
BRIGHT = ["tone-mint", "tone-yellow", "tone-blush", "tone-salmon", "tone-sea"]
DARK = ["tone-navy", "tone-foot"]

# Words, on what they stand. On bright bands soft words and links have the colour of all others.
WORDS = [
    *((words, ground) for words in ("text", "text-soft", "link", "danger") for ground in LIGHT),
    *(("text", ground) for ground in BRIGHT),
    *((words, ground) for words in ("cream", "mist", "yellow", "coral-light") for ground in DARK),
    *(("on-action", ground) for ground in ("action", "action-hover")),
    *(("on-ink", ground) for ground in ("ink", "ink-hover")),
    ("navy", "coral-light"),
    ("danger", "danger-ground"),
    ("good", "good-ground"),
    *(("navy", tag) for tag in ("yellow", "mint", "coral")),
]
# What is no word but must be seen: edges of fields, rings around what has the keyboard, large numbers and marks.
MARKS = [
    *(("line-strong", ground) for ground in (*LIGHT, "ground")),
    *(("focus", ground) for ground in (*LIGHT, *BRIGHT)),
    *(("yellow", ground) for ground in DARK),
    *(("action", ground) for ground in LIGHT),
]


def named(pairs):
    return [
        pytest.param(scheme, *pair, id=f"{pair[0]} on {pair[1]} by {scheme}") for pair in pairs for scheme in SCHEMES
    ]


@pytest.mark.parametrize(("scheme", "words", "ground"), named(WORDS))
def test_words_are_readable(scheme, words, ground):
    layers = SCHEMES[scheme]
    assert ratio(colour(words, *layers), colour(ground, *layers)) >= 4.5


@pytest.mark.parametrize(("scheme", "mark", "ground"), named(MARKS))
def test_marks_can_be_seen(scheme, mark, ground):
    layers = SCHEMES[scheme]
    assert ratio(colour(mark, *layers), colour(ground, *layers)) >= 3
