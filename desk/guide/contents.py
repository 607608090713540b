"""The whole guide: its chapters in their order."""

from desk.guide.chapters import accounts, joining, looking_after, pages, people, pictures, site
from desk.guide.subjects import Chapter, Subject

CHAPTERS: tuple[Chapter, ...] = (
    pages.CHAPTER,
    pictures.CHAPTER,
    people.CHAPTER,
    joining.CHAPTER,
    site.CHAPTER,
    looking_after.CHAPTER,
    accounts.CHAPTER,
)
SUBJECTS: dict[str, Subject] = {subject.slug: subject for chapter in CHAPTERS for subject in chapter.subjects}


def find(slug: str) -> Subject | None:
    """The subject of that name, or None."""
    return SUBJECTS.get(slug)
