"""What stands on every page: name, menu, footer, announcement."""

from desk.guide.subjects import Chapter, Subject

CHAPTER = Chapter(
    "The whole site",
    (
        Subject(
            slug="announce-something",
            title="Put an announcement on every page",
            also="banner bar news alert deadline top end until expire schedule",
            why="A line above everything, for the days that you choose. It comes and goes by itself.",
            needs="home.change_sitesettings",
            steps=(
                "Open **Settings** on the left, then **The site**.",
                "Open the tab **Announcement**.",
                "Write the **Words**, and under **Link** where they lead.",
                "Under **When it shows**, say **Until** when: it goes away by itself, to the minute.",
                "Press **Save**.",
            ),
        ),
        Subject(
            slug="change-the-menu",
            title="Change the menu or the footer",
            also="navigation entry item header links social instagram contact address add remove new",
            why="The menu at the top and all that stands at the foot of each page are in the settings of the site.",
            needs="home.change_sitesettings",
            steps=(
                "Open **Settings** on the left, then **The site**.",
                "Open the tab **Menu**. For a new entry press a plus, where it should stand. The two small arrows at "
                "an entry move it, the bin takes it away.",
                "Write one word, and press **Choose a page**. Type a part of its name into the search, and click it.",
                "The tab **Footer** has what stands at the foot of each page.",
                "Press **Save**.",
            ),
            good_to_know=("A page that is unpublished leaves the menu by itself.",),
        ),
    ),
)
