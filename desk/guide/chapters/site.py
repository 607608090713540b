"""What stands on every page: name, menu, footer, announcement."""

from desk.guide.subjects import Chapter, Subject

CHAPTER = Chapter(
    "The whole site",
    (
        Subject(
            slug="announce-something",
            title="Put an announcement on every page",
            also="banner bar news alert deadline top",
            why="A line above everything, for the days that you choose. It comes and goes by itself.",
            needs="home.change_sitesettings",
            steps=(
                "Open **Settings** on the left, then **The site**.",
                "Open the tab **Announcement**.",
                "Write the words, where they lead, and from when until when they show.",
                "Press **Save**.",
            ),
        ),
        Subject(
            slug="change-the-menu",
            title="Change the menu or the footer",
            also="navigation links social instagram contact address",
            why="The menu at the top and all that stands at the foot of each page are in the settings of the site.",
            needs="home.change_sitesettings",
            steps=(
                "Open **Settings** on the left, then **The site**.",
                "Open the tab **Menu**: each entry leads to a page or to another site. Drag to change the order.",
                "The tab **Footer** has what stands at the foot of each page.",
                "Press **Save**.",
            ),
            good_to_know=("A page that is unpublished leaves the menu by itself.",),
        ),
    ),
)
