"""Joining: prices, members and the mails they get."""

from desk.guide.subjects import Chapter, Subject

CHAPTER = Chapter(
    "Joining, members and mails",
    (
        Subject(
            slug="change-the-price",
            title="Change the price of a membership",
            also="fee cost dollars level perks stripe amount",
            why="The price stands in one place. The join page, Stripe and the mails follow at once; who is paying at "
            "this moment is shown the new price first.",
            needs="membership.change_level",
            steps=(
                "Open **Members** on the left, then **Levels**.",
                "Click the level.",
                "Write the new **Price in dollars**, such as 15.00.",
                "Press **Save**.",
                "Open the site, press **Join** at the top, and go to the levels: the new price is there.",
            ),
            good_to_know=("What members paid already stays as it is.",),
        ),
        Subject(
            slug="change-a-mail",
            title="Change the words of a mail",
            also="welcome email subject text message template test",
            why="Every mail that the site sends is yours to word: subject, text and button.",
            needs="outbox.change_mailtext",
            steps=(
                "Open **Members** on the left, then **Mail texts**.",
                "Click the mail: **Welcome**, say.",
                "Change the words. What stands in braces, such as {first_name}, is filled in for each person; the "
                "list shows all that you may use.",
                "Press **Save**.",
                "Below, press **Send me a test of the saved words**, and look into your mailbox.",
            ),
            good_to_know=("**Restore the original words** brings back what the site came with.",),
        ),
        Subject(
            slug="find-a-member",
            title="Find a member, and see what happened",
            also="payment email timeline refund question status",
            why="Somebody writes that they paid and heard nothing? Their page tells everything, line by line.",
            needs="membership.view_member",
            steps=(
                "Open **Members** on the left, then **Members**.",
                "Type a name or an address into the search.",
                "Click the person: payments, mails and updates stand there with their times.",
            ),
        ),
        Subject(
            slug="add-a-member-by-hand",
            title="Add a member who paid in cash",
            also="e-transfer booth complimentary by hand manual",
            why="Cash at the booth, an e-transfer, a guest of the club: they get onto the list by hand, with a "
            "receipt by mail.",
            needs="membership.add_by_hand_member",
            steps=(
                "Open **Members** on the left, then **Members**, and press **Add by hand**.",
                "Write who it is, how they paid, and why it is done by hand.",
                "Press **Look at it once more**: you see what will happen.",
                "Press **Add the member**.",
            ),
        ),
    ),
)
