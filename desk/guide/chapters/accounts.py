"""Who may sign in: for Owners, who hand the club over each spring."""

from desk.guide.subjects import Chapter, Subject

MAY_INVITE = "desk.change_user"

CHAPTER = Chapter(
    "Who may sign in",
    (
        Subject(
            slug="invite-an-executive",
            title="Invite an executive",
            also="account user password sign in login access key new person add rights position role",
            why="Everybody signs in as themselves. They choose their own password and second step: there is nothing "
            "to send them, and nothing to share.",
            needs=MAY_INVITE,
            steps=(
                "Open **Settings** on the left, then **Accounts**.",
                "Press **Invite somebody** at the top.",
                "Write who it is, and the address that they read.",
                "Choose the **Position**: beside each stands what it may do. Give a **Last day of access**.",
                "Press **Create**. The mail goes out within a minute; its button works once, for three days.",
            ),
            good_to_know=(
                "Nobody pressed the button in time? Click their name, and press **Send a new invitation**.",
                "A second Owner is worth having: somebody must be able to let the other in again.",
            ),
        ),
        Subject(
            slug="take-away-access",
            title="Take away somebody’s access",
            also="account user remove delete left sign out login revoke block end rights",
            why="Somebody left, or you are not sure who is sitting at their laptop: they are out with one button.",
            needs=MAY_INVITE,
            steps=(
                "Open **Settings** on the left, then **Accounts**.",
                "Click the name.",
                "Below, press **End access**. They are signed out everywhere at once, and cannot sign in any more.",
            ),
            good_to_know=(
                "What they did keeps their name. Accounts are never deleted.",
                "**Send a new invitation** lets them in again.",
                "The site never lets the last Owner go: invite another one first.",
            ),
        ),
        Subject(
            slug="new-people-with-a-key",
            title="New year: new people with a key",
            also="handover hand over april spring executives accounts users access owner treasurer president year",
            why="In spring the new executives get in and the old ones leave, by days that you set beforehand. Both "
            "may be here for a few weeks.",
            needs=MAY_INVITE,
            steps=(
                "Open **Settings** on the left, then **Accounts**: who is here, as what, and until when.",
                "Press **Invite somebody** for each who comes. Begin with the new Owner, who can invite the others.",
                "Click each who leaves, and set the **Last day of access**: the day after, they are signed out by "
                "themselves.",
                "Press **Save**.",
            ),
            good_to_know=(
                "Passwords are never handed on: each has their own.",
                "Faces and names on the site are another matter: see “New year, new team”.",
            ),
        ),
        Subject(
            slug="lost-phone",
            title="When somebody lost their phone or password",
            also="second factor two steps passkey authenticator app recovery codes forgot forgotten locked out "
            "cannot sign in account",
            why="With one of their recovery codes they get in by themselves. Without, you let them start anew. Be "
            "sure that it is them: talk to them, do not just answer a mail.",
            needs=MAY_INVITE,
            steps=(
                "Open **Settings** on the left, then **Accounts**.",
                "Click the name.",
                "Press **Send a new invitation**. What they signed in with ends, and they set up both steps anew.",
            ),
            good_to_know=(
                "A new phone, and still signed in? Your own keys and codes are under **Settings**, **My keys**.",
                "Were you the only Owner? Whoever keeps the server can let you in.",
            ),
        ),
    ),
)
