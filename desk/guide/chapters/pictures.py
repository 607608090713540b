"""Pictures: uploading them, saying what they show, albums, and photos that somebody wants gone."""

from desk.guide.subjects import SOME_PAGES, Chapter, Subject

CHAPTER = Chapter(
    "Pictures and albums",
    (
        Subject(
            slug="add-a-picture",
            title="Add a picture, and say what it shows",
            also="photo image upload phone iphone heic alt text description focal point crop size credit large",
            why="A picture is uploaded once and can stand on many pages. People who do not see it read or hear what "
            "it shows, so it needs words.",
            needs=SOME_PAGES,
            steps=(
                "Open **Images** on the left, and press **Add an image** at the top.",
                "Choose the files, as many as you like. Photos from a phone are fine as they are.",
                "Write what it shows in **Description**: two students laugh over a laptop. Say in **Credit** who "
                "took it, and press **Update**.",
                "Open **Images** again, and click the picture.",
                "Draw a box around what must never be cut away, a face for example: the **focal point**. Press "
                "**Save**.",
            ),
            good_to_know=(
                "JPEG, PNG, WebP, or HEIC from an iPhone, at most 10 MB. A photo that lies on its side is turned, "
                "and where it was taken is not kept.",
                "1600 by 1200 or more looks good everywhere. Smaller ones get blurred; the page you put it on warns "
                "you.",
                "The site makes all sizes by itself: never shrink or cut a picture before.",
                "Only with consent: ask everybody who can be recognized.",
            ),
        ),
        Subject(
            slug="make-an-album",
            title="Make an album of an event",
            also="photos gallery many upload pictures credit photographer",
            why="The photos of one day, on a page of their own. Whoever is in one can take it down.",
            needs="home.change_homepage",
            steps=(
                "Upload the photos first: **Images** on the left, **Add an image**, and all of them at once.",
                "Write once, in **Credit for all of them**, who took them, and in **Description** under each what it "
                "shows. Then press **Update all** at the top.",
                "Press **Albums** on the left, then the plus at the top.",
                "Write the **Title** and the **Day**. If the event has a page here, choose it.",
                "Press **Add photo** at the end of the form.",
                "Tick the photos, and press **Confirm selection**.",
                "Press the arrow beside **Save draft** and choose **Publish**.",
            ),
            good_to_know=("Drag the photos into their order. The first is the cover of the album.",),
        ),
        Subject(
            slug="photo-taken-down",
            title="When somebody takes a photo down",
            also="take down remove privacy consent delete hidden complaint",
            why="Under each photo of an album stands a link for whoever is in it. Pressing it hides the photo at "
            "once, and the club gets a mail. Then it is yours to decide.",
            needs="home.change_takedown",
            steps=(
                "Open **Settings** on the left, then **Photos taken down**.",
                "Click the photo: what they said stands there.",
                "Press **To the picture**, and there **Delete**: that is what they asked for. **Show it again** is "
                "for a mistake or a prank.",
            ),
            good_to_know=("Nobody has to say who they are, or why. Do not try to find out.",),
        ),
    ),
)
