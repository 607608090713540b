"""`make run` prepares the database and the demonstration again when what they are made of has changed."""

import pytest

from wits_site import run


@pytest.mark.parametrize(
    "name",
    [
        "home/demo.py",
        "home/demo_pages.py",
        "home/stories/demo.py",
        "home/stories/demo_work.py",
        "home/migrations/0001_initial.py",
        "home/first_content.py",
        "membership/first_pages.py",
        "home/page_parts.py",
        "requirements.txt",
    ],
)
def test_a_change_of_the_demonstration_or_the_tables_is_noticed(tmp_path, monkeypatch, name):
    monkeypatch.setattr(run, "ROOT", tmp_path)
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("before")
    before = run.fingerprint()
    assert run.fingerprint() == before
    file.write_text("after")
    assert run.fingerprint() != before


@pytest.mark.parametrize("name", ["home/views.py", ".venv/lib/demo.py", "home/tests/test_demo.py"])
def test_what_neither_is_made_of_is_not(tmp_path, monkeypatch, name):
    monkeypatch.setattr(run, "ROOT", tmp_path)
    nothing = run.fingerprint()
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("words")
    assert run.fingerprint() == nothing
