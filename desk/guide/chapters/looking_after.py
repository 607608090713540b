"""What nobody asks for, and somebody has to see to: what waits, and links that lead nowhere."""

from desk.guide.subjects import Chapter, Subject

CHAPTER = Chapter(
    "Looking after the site",
    (
        Subject(
            slug="what-needs-attention",
            title="See what needs attention",
            also="dashboard todo warnings untouched pages drafts past dates logo not now aside",
            why="The site tells you what waits for somebody: answers that nobody read, dates that are over, free "
            "places on the team, pages that nobody touched for months. You read only what you may mend.",
            needs="wagtailadmin.access_admin",
            steps=(
                "The dashboard is the first thing after you sign in. Look for **What needs attention**.",
                "Press a line: it leads to where the matter is mended. Once it is, the line goes by itself.",
                "No time, or not yours? **Not now** puts a line aside for a month. Others still see it.",
            ),
            good_to_know=(
                "What is about payments cannot be put aside: it waits until somebody has settled it.",
                "**Show them again**, at the foot of the list, brings back all that you put aside.",
            ),
        ),
        Subject(
            slug="mend-a-broken-link",
            title="Mend a broken link",
            also="404 dead url address leads nowhere report check again",
            why="Every night the site looks where its links lead. One that leads nowhere stands on the dashboard, "
            "and with all others in a report.",
            needs="home.view_link",
            steps=(
                "Open **Reports** on the left, then **Broken links**.",
                "Under **Stands on**, press what the link stands on. After the colon you read in which field.",
                "Give the link its new address, or take it away.",
                "Press **Save**, or **Publish** where it is a page. The report forgets the link within a minute.",
            ),
            good_to_know=(
                "A link to another site is broken once it failed on two nights: sites are away now and then.",
                "**Could not be checked**: the other site lets no programs in. Open the link yourself to see.",
                "**Check again now** looks at a link at once.",
            ),
        ),
    ),
)
