"""Articles of the demonstration about finding work and building things. Everybody in them is invented."""

from home.stories.demo_parts import Block, quote, section, steps, text

COLD_EMAIL: list[Block] = [
    text(
        "I run sponsorship for WITS, which means that I write to strangers and ask them for money. Before that I "
        "wrote to strangers and asked them for a job. It’s the same letter. Here are twelve of mine, graded.",
        "A word on method: I sent all twelve in one winter, I kept them all, and I’ve only changed the names. The "
        "shame is original.",
    ),
    section(
        "One to five: the ones about me",
        "“My name is Gwendolyn and I am a hard-working, passionate, detail-oriented student.” So is everyone. So is "
        "my dentist. Not one answer, and I don’t blame them.",
        "Number three had an attachment called resume_final_FINAL_2. I was detail-oriented about other things.",
    ),
    section(
        "Six to nine: the ones about them",
        "I had read that you should research the company. So I told people what their company does. They knew.",
        "Number eight got an answer, from a robot, and then another one, in which the robot apologized for the "
        "first. We’re still in touch.",
    ),
    section(
        "Ten and eleven: almost",
        "Number ten asked a real question about a real talk the person had given. She answered in an hour, in two "
        "lines, and wished me luck. I printed it. Number eleven asked for “fifteen minutes of your time”, from a "
        "man who counts them.",
    ),
    section(
        "Twelve",
        "Number twelve was six sentences long. I copy it for everyone who asks, so here it is for you.",
        "<i>I saw your talk on testing hardware you can’t touch. I tried the trick with the fake clock on my class "
        "project, and it found a bug on the second day. One thing I couldn’t work out: how do you fake a sensor "
        "that lies only when it’s cold? If you have a link or one sentence, I’d be glad. If you’re busy, thank you "
        "for the talk either way. Gwendolyn, second year, London, Ontario, where it’s minus eighteen.</i>",
        "He sent four paragraphs, a photo of a freezer with a circuit board in it, and, in April, an internship.",
    ),
    steps(
        "The letter, taken apart",
        ("What of theirs you used", "One thing, by name. Not their whole life’s work."),
        ("What it did for you", "True and small beats large and vague."),
        ("One question", "That only they can answer, and quickly."),
        ("A way out", "“If you’re busy” costs you nothing, and it’s kind."),
    ),
    text(
        "You’ll notice what isn’t in it: my marks, my passion, the word “opportunity”, and a question about a job. "
        "He brought that up himself. People do, when you’ve made them think about their favourite problem.",
        "Send me yours before you send it to them, if you like. I read them on Sundays, with a red pen and a lot of "
        "sympathy.",
    ),
]

FOUR_AM: list[Block] = [
    text(
        "At four in the morning, five hundred people who can’t sleep make a sound like rain. It’s keyboards, "
        "mostly, and one person somewhere laughing at something that isn’t funny any more.",
        "We ran SheHacks last winter. These are our notes from the night, as we wrote them into the shared "
        "document, in between carrying things.",
    ),
    section("9:40 pm", "All 214 extension cords are in use. Someone has plugged one into itself. We admire it."),
    section(
        "11:15 pm",
        "A first-year asks where the beginners’ table is. We say: all of them. She thinks we’re being nice. We show "
        "her the board with the self-reported levels: three hundred and twelve out of five hundred wrote “new”.",
        "She sits down. By midnight she’s explaining variables to somebody who wrote “intermediate”.",
    ),
    section(
        "2:05 am",
        "The noodles are here. There were supposed to be four hundred boxes; there are four hundred <i>bags</i>, "
        "each with six boxes. Nobody in London, Ontario has ever had this many noodles. We put a sign up: take two, "
        "be a friend.",
        "Security comes by to ask about the noise. Security leaves with two boxes and a sticker.",
    ),
    section(
        "4:00 am",
        "A team of three comes to the desk. Their project has died; the person who knew the database went home with "
        "a fever. They want to know whether they have to leave.",
        "We find them a mentor who once lost a database for money. At 4:20 they’re laughing. At 9:00 they’ll demo "
        "something else entirely, drawn on noodle boxes, and win the prize for best design.",
    ),
    section(
        "12:30 pm",
        "Everyone is asleep on something that isn’t a bed. We hand back the last extension cord. It’s the one that "
        "was plugged into itself. We have never been so tired, and we’re already planning the next one.",
    ),
]

SILENCE: list[Block] = [
    text(
        "In my first interview I talked for forty minutes without stopping, including, I believe, during the "
        "question. I thought silence meant that I was losing. So I filled it with everything I had ever learned, in "
        "no order.",
        "Then I sat on the other side. The student union needed a developer, I was on the panel, and for a whole "
        "afternoon I got to watch people be silent.",
        "The good ones were silent all the time. They’d hear the question, look at the table, and you could see "
        "them putting things in a row. Five seconds. Ten, once. Nobody on our side minded; we were drinking our "
        "tea.",
    ),
    quote(
        "Let me think about that for a moment. Then I’d actually think. It felt like a magic trick.",
        "Mei-Ling Zhao",
        "Operations Coordinator, hired",
        "portrait-2",
    ),
    text(
        "So here’s the whole advice. Ask for the moment, out loud. Take it. Count to five on your fingers, under "
        "the table, if you must. What you say afterwards will be half as long and twice as good, and you’ll have "
        "heard the question.",
    ),
]

PULL_REQUEST: list[Block] = [
    text(
        "The site you’re reading is open to every member who wants to change it. Most don’t, because the first time "
        "looks like a door with nine locks. It’s one lock. Let me walk you through mine, embarrassing parts "
        "included.",
    ),
    section(
        "The change",
        "A comma. On the page about Ada, between “October” and “to”, where no comma should be. I’d seen it for a "
        "month and it hurt every time.",
    ),
    section(
        "The embarrassing parts",
        "I cloned the wrong repository. I fixed the comma there, too; those people thanked me and have no idea who "
        "I am. Then I cloned the right one, opened the file, deleted the comma, and with it, by leaning on a key, "
        "the rest of the page.",
        "The tests said so, in red, in a sentence. I put the page back. The tests went green. I have since broken "
        "much larger things and it has never felt as bad, because I knew by then: red is just the site talking to "
        "you.",
        "Then came the form that asks what your change does and why. I wrote four paragraphs about a comma. I "
        "deleted three and a half.",
    ),
    section(
        "The review",
        "Somebody I had never met wrote: “Good eye. Welcome!” and pressed a button. Eleven minutes later the comma "
        "was gone for everyone in the world. I made my roommate look at it.",
        "That was three years and two hundred changes ago. I lead the team now. If you find a comma, write to me "
        "first: I like to be there for the eleven minutes.",
    ),
]
