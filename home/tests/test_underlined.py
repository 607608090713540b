"""The one word of a title that stands on a drawn wave."""

import pytest

from home.templatetags.site_tags import plain, underlined


@pytest.mark.parametrize(
    ("title", "kept_together"),
    [
        ("You’re *in*, Mary Anne.", "in,"),
        ("You’re three fields from being *in*.", "in."),
        ("Tech is better with *you* in it.", "you"),
    ],
)
def test_punctuation_stays_on_the_line_of_its_word(title, kept_together):
    inside = underlined(title).split('<span class="squiggle-line">')[1].rsplit("</span>", 1)
    drawn = inside[0].split("<svg")[0] + inside[0].split("</svg>")[1]
    assert drawn.replace('<span class="squiggle">', "").replace("</span>", "") == kept_together


def test_a_title_is_escaped_on_both_sides_of_the_word():
    html = underlined("<b> *<i>*, <u>")
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<u>" not in html


@pytest.mark.parametrize("title", ["no star", "one * star", "* *", "**", "a *b* c *d* e"])
def test_without_exactly_one_word_there_is_no_wave(title):
    assert "svg" not in underlined(title)
    assert "*" not in plain(title)
