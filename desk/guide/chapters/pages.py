"""Pages: their words, pictures and events."""

from desk.guide.subjects import SOME_PAGES, Chapter, Subject

CHAPTER = Chapter(
    "Pages and what stands on them",
    (
        Subject(
            slug="change-words",
            title="Change words on a page",
            also="edit text headline title home front page typo publish",
            why="Every word on the site is yours to change. This changes the headline of the front page; every other "
            "page works the same way.",
            needs=SOME_PAGES,
            steps=(
                "On the dashboard, press **Change the home page**. For any other page press **Find another "
                "page**, and click its name. An arrow at the right leads to the pages below one.",
                "Click into the words and change them: the headline of the front page is its **Large title**. Under "
                "some fields you see how many letters are left.",
                "Press the little arrow beside **Save draft**, at the bottom, and choose **Publish**.",
                "Press **View live** in the green line at the top: there it is.",
            ),
            good_to_know=(
                "**Save draft** keeps your words without showing them to anybody. Come back and publish later.",
                "Did something go wrong? See “Undo a change”.",
            ),
        ),
        Subject(
            slug="undo-a-change",
            title="Undo a change",
            also="history mistake back old version restore revert wrong broke",
            why="Every version of a page that was ever saved is kept. You cannot break anything for good.",
            needs=SOME_PAGES,
            steps=(
                "Open the page to edit it, and press the clock (**History**) at the top right.",
                "Beside the version that was right, press the three dots and then **Review this version**.",
                "You see the page as it was. Press the little arrow at the bottom, and **Publish this version**.",
            ),
        ),
        Subject(
            slug="publish-later",
            title="Publish later, or take a page down",
            also="schedule unpublish remove hide offline expire expiry live time tomorrow cancel cancelled delete",
            why="A page can appear at a moment that you choose, and go away at another, by itself.",
            needs=SOME_PAGES,
            steps=(
                "Open the page to edit it, and press the **i** in a circle at the top right.",
                "Press **Set schedule**.",
                "Write when it **Appears**, when it **Goes away**, or both. Leave empty what needs no time.",
                "Press **Save schedule**.",
                "Press the arrow beside **Save draft**, and choose **Schedule to publish**, or **Publish**. Until "
                "then the times do not count.",
            ),
            good_to_know=(
                "At once? Open the page, press the arrow beside **Save draft**, and choose **Unpublish**. Nobody "
                "sees it any more, and nothing of it is lost.",
                "Events, opportunities, partners and announcements have days of their own, and go by themselves.",
                "Times are those of London, Ontario.",
            ),
        ),
        Subject(
            slug="add-an-event",
            title="Add an event",
            also="calendar workshop date time picture poster",
            why="An event stands on the events page, on the front page while it is next, and in the calendar files "
            "that people add to their phones.",
            needs=SOME_PAGES,
            steps=(
                "Press **Events** on the left, then the plus at the top.",
                "Write the **Title**, as you would say it to a friend, and in **Summary** what happens.",
                "Say when: click into **Starts**, then a day and an hour in the calendar. The same for **Ends**.",
                "Say where in **Place**. For a photo of your own, press **Choose an image**, then **Upload**. "
                "Without a photo or a **Drawing**, the site draws a poster.",
                "Choose the file, say what it shows in **Description**, and press **Upload** below.",
                "Press the arrow beside **Save draft** and choose **Publish**.",
            ),
            good_to_know=(
                "You need not take it down afterwards: it moves to past events by itself.",
                "The same event every month? Open an old one, press the three dots at the top, then **Copy**.",
                "There is a page with this address already? Open the tab **Address and search**, and add the year "
                "to the **Address**.",
                "Cancelled? See “Publish later, or take a page down”.",
            ),
        ),
        Subject(
            slug="tell-a-story",
            title="Tell a story",
            also="blog article podcast spotify medium news post interview spotlight",
            why="An article to read here, an episode, or an article that stands elsewhere: all are stories, the "
            "newest large at the top.",
            needs="home.change_homepage",
            steps=(
                "Press **Stories** on the left, then the plus at the top. Where it asks for a kind of page, choose "
                "**Story**.",
                "Write the **Title**, and below **Kind** say what it is. An episode needs its address on Spotify or "
                "elsewhere.",
                "Write the **Introduction**: what makes one want to know.",
                "Say who tells it: press **Add author**, and write a name, or choose somebody of the team.",
                "Write the story under **Body**: press the plus, choose **Text**, or a picture, a quote, and so on.",
                "Press the arrow beside **Save draft** and choose **Publish**.",
            ),
            good_to_know=("What you paste from Word or Google Docs keeps its paragraphs and loses its colours.",),
        ),
        Subject(
            slug="add-an-opportunity",
            title="Add a job, an internship or a scholarship",
            also="opportunity opening career hiring deadline apply partner recruiting",
            why="It stands among the opportunities until its last day, and goes by itself.",
            needs="home.change_homepage",
            steps=(
                "Press **Opportunities** on the left, then the plus at the top.",
                "Write the **Title**, say what it is, and choose the partner that it is from, or write who else "
                "offers it.",
                "Tell it **In two sentences**: what one would do, and who should try.",
                "Give the **Last day to apply**, and where one applies: an address, or mailto: and a mail address.",
                "Press the arrow beside **Save draft** and choose **Publish**.",
            ),
            good_to_know=(
                "**Days for members first**: for so many days only members get the button, by mail. Everybody reads "
                "the rest.",
            ),
        ),
    ),
)
