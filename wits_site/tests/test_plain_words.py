"""Words of Wagtail's that the site says in its own, plainer way: `wits_site/locale`."""

import ast
import gettext as catalogues
from pathlib import Path

import pytest
import wagtail
from django.conf import settings
from django.utils.translation import gettext, override

OURS = Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES" / "django.po"


def entries(file):
    """What stands in a catalogue, as pairs of theirs and ours."""
    pair = {"msgid": "", "msgstr": ""}
    kind = ""
    for line in [*file.read_text().splitlines(), "msgid"]:
        if line.startswith("msgid"):
            if pair["msgid"]:
                yield pair["msgid"], pair["msgstr"]
            pair = {"msgid": "", "msgstr": ""}
        if line.startswith(("msgid ", "msgstr ")):
            kind, line = line.split(" ", 1)
        if line.startswith('"') and kind:
            pair[kind] += ast.literal_eval(line)


PLAIN = dict(entries(OURS))


@pytest.fixture(scope="module")
def of_wagtail():
    folder = Path(wagtail.__file__).parent
    return {theirs for file in folder.glob("**/locale/en/LC_MESSAGES/django.po") for theirs, _ in entries(file)}


@pytest.mark.parametrize("theirs", PLAIN)
def test_what_is_said_plainly_is_said_so_and_wagtail_still_has_words_for_it(theirs, of_wagtail):
    assert theirs in of_wagtail, "Wagtail says this in other words now"
    with override(settings.LANGUAGE_CODE):
        assert gettext(theirs) == PLAIN[theirs], "make words"


def test_the_compiled_words_are_the_written_ones():
    with OURS.with_suffix(".mo").open("rb") as file:
        compiled = catalogues.GNUTranslations(file)._catalog
    assert {theirs: plain for theirs, plain in compiled.items() if theirs} == PLAIN, "make words"


def test_nobody_reads_of_validation_slugs_and_promotion():
    for plain in PLAIN.values():
        assert not {"slug", "promote", "url", "validation"} & set(plain.casefold().split())
