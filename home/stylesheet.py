"""One stylesheet out of many files, without a build step.

Staticfiles asks its finders for every file: this one makes `css/site.css` out of the parts under `static/css`
whenever it is asked, so that what a browser gets is the same file in development, in the tests and, hashed and
compressed by collectstatic, in production. See docs/decisions/0001-one-stylesheet.md.
"""

import atexit
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

NAME = "css/site.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENT = re.compile(r"\s*\n\s*")


def parts() -> list[Path]:
    """The files in their order: tokens first (line one sets the order of the layers), helpers last."""
    css = Path(settings.BASE_DIR) / "static" / "css"
    middle = ["base.css", "layout.css", *sorted(f"components/{path.name}" for path in css.glob("components/*.css"))]
    return [css / name for name in ["tokens.css", *middle, "helpers.css"]]


def stylesheet() -> str:
    """All parts one after the other, without comments and indentation."""
    text = "\n".join(part.read_text(encoding="utf-8") for part in parts())
    return INDENT.sub("\n", COMMENT.sub("", text)).strip() + "\n"


class StylesheetFinder(BaseFinder):
    """Finds `css/site.css`; what it made lies in a folder of this process and goes with it."""

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        folder = tempfile.mkdtemp(prefix="wits-css-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        self.storage = FileSystemStorage(location=folder)

    def make(self) -> str:
        """Write the stylesheet if it is not there or a part changed; return where it lies."""
        target = Path(self.storage.path(NAME))
        text = stylesheet()
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return str(target)

    def find(self, path: str, find_all: bool = False) -> Any:
        """See BaseFinder."""
        if path != NAME:
            return []
        return [self.make()] if find_all else self.make()

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """See BaseFinder."""
        self.make()
        yield NAME, self.storage
