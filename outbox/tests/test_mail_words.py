"""The little markup of mail texts: what a person typed as a name is never markup, header or address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbox.mail_words import WordsRefused, as_html, as_text, check, fill, one_line

EVIL = [
    "Evil\nBcc: x",
    "Evil\r\nBcc: x@example.com",
    "**x**",
    "<b>",
    "[a](https://evil.example)",
    "{until}",
    "a\n\n- b",
]


def test_paragraphs_lists_bold_and_links():
    text = "**Hello** Robin,\nhow are you?\n\n- one\n- [two](https://example.com/?a=1&b=2)\n\nBye"
    assert as_html(text, {}) == (
        "<p><strong>Hello</strong> Robin,<br>how are you?</p>\n"
        '<ul><li>one</li><li><a class="link" href="https://example.com/?a=1&amp;b=2">two</a></li></ul>\n'
        "<p>Bye</p>"
    )
    assert as_text(text, {}) == ("Hello Robin,\nhow are you?\n\n- one\n- two (https://example.com/?a=1&b=2)\n\nBye")


def test_a_list_may_follow_its_sentence_without_a_blank_line():
    assert as_html("Bring:\n- a pen\nand come", {}) == "<p>Bring:</p>\n<ul><li>a pen</li></ul>\n<p>and come</p>"


def test_windows_line_ends_make_paragraphs_too():
    assert as_html("one\r\n\r\ntwo", {}) == "<p>one</p>\n<p>two</p>"


def test_everything_else_is_escaped():
    assert as_html("<script>alert('x')</script> & *one*", {}) == (
        "<p>&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; *one*</p>"
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "/admin/", 'https://x"onclick="y'])
def test_a_link_that_is_no_web_or_mail_address_is_only_its_words(url):
    assert "<a" not in as_html(f"[words]({url})", {})
    assert "<a" not in as_html("[words]({url})", {"url": url})


def test_an_address_from_a_variable_makes_a_link():
    assert 'href="https://example.com/a?b=1&amp;c=2"' in as_html(
        "[go]({url})", {"url": "https://example.com/a?b=1&c=2"}
    )


@pytest.mark.parametrize("name", EVIL)
def test_a_value_is_never_markup(name):
    values = {"first_name": name, "until": "MAY"}
    html = as_html("Hello {first_name}!", values)
    for tag in ("<b>", "<strong>", "<a ", "<li>", "<br>", "MAY"):
        assert tag not in html
    assert html.startswith("<p>Hello ")
    assert html.count("<p>") == 1
    text = as_text("Hello {first_name}!", values)
    assert "\n" not in text
    assert "MAY" not in text


def test_a_value_inside_bold_or_a_link_is_text_too():
    html = as_html("**{n}** [{n}](https://example.com)", {"n": "**x** <i>"})
    assert html == (
        '<p><strong>**x** &lt;i&gt;</strong> <a class="link" href="https://example.com">**x** &lt;i&gt;</a></p>'
    )


@given(st.text())
def test_no_value_breaks_a_line(value):
    assert len(one_line(value).splitlines()) <= 1
    assert len(fill("To {n}", {"n": value}).splitlines()) == 1


@given(st.text(), st.text(alphabet="*[](){}-<>&\"'\n nh:/ps.", max_size=60))
def test_any_text_and_any_value_render_with_our_tags_only(value, text):
    import re

    cleaned = re.sub(r"\{[^{}\n]*\}", "{n}", text)
    html = as_html(cleaned, {"n": value})
    rest = re.sub(r'</?(?:p|ul|li|strong)>|<br>|<a class="link" href="[^"<>]*">|</a>', "", html)
    assert "<" not in rest
    assert ">" not in rest


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Hello {frist_name} {until}", r"no variable \{frist_name\}.*\{first_name\}, \{until\}"),
        ("Hello {frist_name} {until}", r"Did you mean \{first_name\}\?"),
        ("Hello {First name} {until}", r"Did you mean \{first_name\}\?"),
        ("Hello {zebra} {until}", r"in this mail\. You can use"),
        ("Hello {first_name}", r"\{until\} is missing"),
        ("Hello { first_name } {until}", r"no variable \{ first_name \}"),
        ("Hello {First_name} {until}", r"no variable \{First_name\}"),
        ("Hello {} {until}", r"no variable \{\}"),
        ("Hello {first_name {until}", r"single \{ or \}"),
        ("Hello first_name} {until}", r"single \{ or \}"),
        ("[x](www.example.com) {until}", r"www\.example\.com must begin with https://"),
    ],
)
def test_wrong_words_are_refused_by_name(text, says):
    with pytest.raises(WordsRefused, match=says):
        check([text], known=["first_name", "until"], required=["until"])


def test_right_words_pass():
    check(["Hi {first_name}", "until {until}"], known=["first_name", "until"], required=["until"])
