"""One small stylesheet out of many files."""

import gzip
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from home.stylesheet import parts, stylesheet


def test_the_order_of_the_layers_is_line_one():
    assert stylesheet().splitlines()[0] == "@layer tokens, base, layout, components, helpers;"


def test_every_file_of_a_component_is_in_it():
    css = Path(settings.BASE_DIR) / "static" / "css"
    assert set(parts()) == set(css.rglob("*.css")) - set(css.glob("admin/*.css"))
    assert ".button" in stylesheet()


def test_every_rule_lies_in_a_layer():
    for part in parts():
        depth, outside = 0, ""
        for character in re.sub(r"/\*.*?\*/", "", part.read_text(), flags=re.DOTALL):
            outside += character if depth == 0 else ""
            depth += (character == "{") - (character == "}")
        heads = [head.strip() for head in re.split(r"[{};]", outside) if head.strip()]
        assert all(head.startswith(("@layer", "@font-face")) for head in heads), (part.name, heads)


def test_it_stays_under_14_kilobytes_compressed():
    assert len(gzip.compress(stylesheet().encode())) < 14_000


def test_it_asks_for_nothing_but_files_of_this_site():
    addresses = re.findall(r"url\(\"?([^\")]+)", stylesheet())
    assert addresses
    for address in addresses:
        assert address.startswith("../"), address
        assert finders.find(f"css/{address}".replace("css/../", ""))
    assert [part.name for part in parts() if "url(" in part.read_text()] == ["tokens.css"]
    assert "@import" not in stylesheet()
    assert "!important" not in stylesheet()


def test_staticfiles_find_it_and_the_finder_lists_it_for_collectstatic():
    found = finders.find("css/site.css")
    assert Path(found).read_text() == stylesheet()
    assert ("css/site.css" in {name for finder in finders.get_finders() for name, _ in finder.list([])}) is True


def test_a_changed_part_shows_at_once(tmp_path, settings):
    css = tmp_path / "static" / "css"
    (css / "components").mkdir(parents=True)
    for name in ("tokens", "base", "layout", "helpers"):
        (css / f"{name}.css").write_text(f"/* words */\n.{name} {{}}\n")
    settings.BASE_DIR = tmp_path
    assert Path(finders.find("css/site.css")).read_text() == ".tokens {}\n.base {}\n.layout {}\n.helpers {}\n"
    (css / "components" / "box.css").write_text(".box {}")
    assert ".box {}" in Path(finders.find("css/site.css")).read_text()
