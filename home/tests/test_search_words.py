"""What was typed becomes words, and what was found becomes an excerpt with them marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.search.excerpts import LENGTH, excerpt, marked
from home.search.suggesting import did_you_mean
from home.search.terms import LONGEST, LONGEST_WORD, MOST_WORDS, cleaned, folded, stem, words_of
from home.search.texts import texts_of
from home.tests.factories import StandardPageFactory


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Find  a\tMENTOR", ["find", "a", "mentor"]),
        ("mentor, Mentor! mentor?", ["mentor"]),
        ("women's", ["women", "s"]),
        ("C++ & R&D_lab", ["c", "r", "d", "lab"]),
        ("l'été à Noël", ["l", "été", "à", "noël"]),
        ("NOT a* OR (b:c)", ["not", "a", "or", "b", "c"]),
        ("你好 שלום", ["你好", "שלום"]),
        ("%_\\'\"()*-^:", []),
        ("😀\x00", []),
    ],
)
def test_only_letters_and_digits_are_looked_for(typed, words):
    assert words_of(typed) == words


@given(st.text(max_size=600))
def test_words_are_few_short_and_each_there_once(typed):
    words = words_of(typed)
    assert len(words) == len(set(words)) <= MOST_WORDS
    assert all(word.isalnum() or word.isprintable() for word in words)
    assert all(0 < len(word) <= LONGEST_WORD for word in words)
    assert len(cleaned(typed)) <= LONGEST
    assert cleaned(typed).isprintable()
    assert cleaned(cleaned(typed)) == cleaned(typed)


@given(st.text(max_size=200))
def test_a_folded_text_has_its_letters_in_the_same_places(text):
    assert len(folded(text)) == len(text)


@pytest.mark.parametrize(
    ("word", "common"), [("Mentors", "mentor"), ("studies", "stud"), ("this", "this"), ("bus", "bus")]
)
def test_forms_of_a_word_share_a_stem(word, common):
    assert stem(word).startswith(common[: len(stem(word))])


@pytest.mark.parametrize(
    ("text", "words", "html"),
    [
        ("A résumé, RESUMES", ["resume"], "A <mark>résumé</mark>, <mark>RESUMES</mark>"),
        ("mentorship is not amentor", ["mentors"], "<mark>mentorship</mark> is not amentor"),
        ("within wits, with it", ["wits"], "within <mark>wits</mark>, with it"),
        ("<b>tea</b> & tea", ["tea"], "&lt;b&gt;<mark>tea</mark>&lt;/b&gt; &amp; <mark>tea</mark>"),
        ("amp & lt", ["amp"], "<mark>amp</mark> &amp; lt"),
        ("a cat", ["a"], "<mark>a</mark> cat"),
        ("한국어 수업", ["한국어"], "<mark>한국어</mark> 수업"),
        ("nothing", [], "nothing"),
    ],
)
def test_whole_words_are_marked_and_everything_is_escaped(text, words, html):
    assert marked(text, words) == html


@given(st.text(max_size=400), st.lists(st.text(min_size=1, max_size=8), max_size=4))
def test_marking_changes_no_letter(text, words):
    html = marked(text, words_of(" ".join(words)))
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert marked(text, []) == bare


def test_an_excerpt_is_the_text_with_most_of_the_words(home):
    texts = ["Tea is served.", "Tea and cookies, and code.", "Cookies."]
    assert excerpt(texts, ["tea", "cookies"]) == "<mark>Tea</mark> and <mark>cookies</mark>, and code."
    assert excerpt(texts, ["sailing"], otherwise="A page about tea.") == "A page about tea."
    assert excerpt([], ["sailing"]) == ""


def test_a_long_text_is_cut_between_words_around_what_was_found():
    html = excerpt(["before " * 60 + "the mentor " + "after " * 60], ["mentor"])
    assert html.startswith("… before")
    assert html.endswith("after …")
    assert "<mark>mentor</mark>" in html
    assert len(html) < LENGTH + len("<mark></mark>…  …")
    assert excerpt(["word" * 200], ["mentor"]) == ""
    assert len(excerpt(["mentor" + "x" * 900], ["mentor"])) < LENGTH + 20


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["mentro"], "mentor"),
        (["piton", "workshop"], "python workshop"),
        (["resume"], "résumé"),
        (["mentor"], ""),
        (["zzzzzz"], ""),
        ([], ""),
    ],
)
def test_the_nearest_word_of_a_title_may_be_what_was_meant(typed, meant):
    assert did_you_mean(typed, ["Find a mentor", "Intro to Python: a workshop", "Résumé roast"]) == meant


def test_texts_of_a_page_are_its_words_and_never_its_links(home, django_assert_num_queries):
    target = StandardPageFactory(title="Elsewhere")
    page = StandardPageFactory(
        lede="First line.\nSecond.",
        body=[
            ("section", {"heading": "How", "text": "<h3>Part</h3><p>One &amp; two</p><ul><li>three</li></ul>"}),
            ("steps", {"heading": "", "steps": [{"title": "You apply", "text": "Ten questions."}]}),
            ("call", {"heading": "Come", "text": "", "link": {"text": "Go there", "page": target, "address": ""}}),
            ("video", {"title": "A film", "address": "https://www.youtube.com/watch?v=aaaaaaaaaaa", "text": ""}),
        ],
    )
    page = type(page).objects.get(pk=page.pk)
    with django_assert_num_queries(0):
        texts = list(texts_of(page))
    assert texts == [
        "First line.", "Second.", "How", "Part", "One & two", "three", "You apply", "Ten questions.", "Come",
        "A film",
    ]  # fmt: skip
