"""The people of the club, and who stands beside it."""

from desk.guide.subjects import Chapter, Subject

CHAPTER = Chapter(
    "The team, the partners and the forms",
    (
        Subject(
            slug="new-team",
            title="New year, new team",
            also="executives roles portfolio past teams handover photo person",
            why="Each role has a slot for each year. You make next year's slots with one click, then put people in. "
            "In the month in which the new team takes over, the wall of faces changes by itself, and the old team "
            "moves to past teams.",
            needs="home.change_role",
            steps=(
                "Open **Team** on the left, then **Roles by year**.",
                "Press **Make next year’s team** at the top.",
                "It says how many slots will be made. Press the button.",
                "Click a slot of the new year.",
                "Press **Choose person**, and click a name. Whoever is not there yet is made under **Somebody new**.",
                "Press **Save**. A slot without a person invites visitors to apply.",
            ),
            good_to_know=(
                "Their photo: open **Team** on the left, then **People**, and click the name.",
                "Who may sign in here is another matter: see “New year: new people with a key”.",
            ),
        ),
        Subject(
            slug="add-a-partner",
            title="Add a partner, or take one down",
            also="remove end agreement over sponsor company logo tier agreement contract speaker ended renew",
            why="A partner stands on the site for the days of your agreement: they come and go by themselves.",
            needs="home.change_partner",
            steps=(
                "Open **Partners** on the left, then **Partners** again.",
                "Press **Add partner** at the top. To change one, click its name.",
                "Write their **Name** as they write it, and choose the logo for light paper. Without one, the name "
                "stands there.",
                "Press **Choose tier**: it says how large they stand. Tiers have an entry of their own in the menu.",
                "Give the **First day** and the **Last day** of the agreement. Renewed? Write the new last day.",
                "Press **Save**.",
            ),
            good_to_know=(
                "To take one down, click its name, and write as **Last day** the last day of the agreement: from the "
                "next day on nobody sees it. Do not delete it: it may come back, and keeps its logo and its link.",
            ),
        ),
        Subject(
            slug="build-a-form",
            title="Build a form",
            also="application survey feedback questions apply enquiry tally google forms",
            why="Applications, feedback, enquiries: a form is a page with questions of your own. Answers come here, "
            "and nowhere else.",
            needs="home.change_formpage",
            steps=(
                "On the dashboard press **Find another page**, and the plus at the top. To put the form below one of "
                "the pages, first press the arrow at the right of it.",
                "Choose **Form**.",
                "Write the title and, below, what it is for.",
                "Press **Add question** for each question: what you ask, and what they answer with. Where they "
                "choose, write the **Choices**, one on each line.",
                "The tabs at the top say **When** it opens and closes, **Who** reads the answers, and what **Mail** "
                "people get. Tick yourself under **Who**, or you will not read them.",
                "Press the little arrow beside **Save draft**, and choose **Publish**.",
            ),
            good_to_know=(
                "To try it, press **View live** in the green line, answer it yourself, and delete your answer later.",
                "For a link to it in the menu, see “Change the menu or the footer”.",
            ),
        ),
        Subject(
            slug="read-answers",
            title="Read the answers to a form",
            also="applications submissions export download spreadsheet excel xlsx csv",
            why="Answers are for those whom the form names as its readers, and for Owners. They are deleted on the "
            "day that the form says.",
            needs="wagtailadmin.access_admin",
            steps=(
                "Open **Answers** on the left. What nobody has read yet stands out.",
                "Click a name to read the whole answer.",
                "To work on them in a spreadsheet, press the three dots at the top of the list, and "
                "**Download XLSX**.",
            ),
        ),
    ),
)
