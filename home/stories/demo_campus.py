"""Articles of the demonstration about studying. Everybody in them is invented."""

from home.stories.demo_parts import Block, quote, section, steps, text

WORST_MARK: list[Block] = [
    text(
        "Thirty-four. Out of a hundred, in case you hoped it was out of forty. It stood in red at the top of a "
        "paper I had folded twice before I looked, as if a smaller paper could hold a smaller number.",
        "I was in second year. I had tutored that course’s first half to two friends, out loud, on a whiteboard, "
        "with colours. So when I say I did not see it coming, I mean that I walked out of the exam and bought "
        "myself a cinnamon bun, to celebrate.",
        "The bun was excellent. I mention it because it’s the last good thing I remember about that week.",
    ),
    section(
        "The four days after",
        "Day one, I told nobody. I put the paper in the pocket of my bag that has no zipper, checked three times "
        "that it was in there, and went to my evening lab, where I labelled a beaker with my own name.",
        "Day two, I looked up whether you can become a baker at twenty. (You can. You get up at three.)",
        "Day three, I opened the paper again and read the questions instead of the number. There were five. I had "
        "answered two of them well, one of them beautifully, and the other two as if they’d been about something "
        "else. They had been about something else. I’d studied the first half of the course again, because I was "
        "good at it.",
        "Day four, I went to Cookies &amp; Code, because it was Tuesday and my feet went there by themselves. "
        "Somebody asked how I was and I said the number. I had meant to say “fine”.",
    ),
    quote(
        "Thirty-one. Same course, same professor. Move over, I’ll show you what he wants in question four.",
        "The girl with the laptop full of stickers",
        "Now at Tidewater Labs, with a bigger laptop",
        "portrait-5",
    ),
    text(
        "She wasn’t the only one. It turned out the table was full of them: thirty-one, forty-two, a twelve that "
        "had become a legend. None of them had told anybody either. We had all been sitting two metres apart, each "
        "alone with a number, eating the same cookies.",
        "We did question four until the building closed. I understood it at about half past nine, all at once, the "
        "way you understand a joke. I remember being angry that it was so simple, and then hungry.",
    ),
    section(
        "What I do differently",
        "I still don’t like exams. But I do three small things now, and my marks have stopped making me think about "
        "ovens.",
        "<b>I practise being wrong early.</b> I do the old exam first, before I’ve studied anything, and get a "
        "terrible mark in private, where it’s free. Then I know which half I’m avoiding.",
        "<b>I explain to someone who doesn’t know.</b> Tutoring friends who nod had taught me nothing. My roommate "
        "studies cello; she doesn’t nod. She says “why”, and then she says it again.",
        "<b>I say the number.</b> Out loud, to one person, on the first day. It shrinks. It always shrinks.",
    ),
    text(
        "I passed, in case you’re worried. Sixty-eight in the final, which made a fifty-seven, which is a number I "
        "have told to everyone I know.",
        "If you have a paper folded up in your bag right now: bring it on Tuesday. We’ll move over.",
    ),
]

TWO_MAJORS: list[Block] = [
    text(
        "I came to Western for medical sciences, moved to philosophy in the second week of October, and to software "
        "engineering sixteen months later. People hear this and lower their voice, as if there had been a death.",
        "There were only forms. Let me tell you about the forms, because nobody told me, and then about the part "
        "that isn’t on them.",
    ),
    section(
        "The forms",
        "There’s an advising office for every faculty, and yours and the new one both have to say yes. Go in "
        "person, before reading week, with your marks on paper. Ask three things: which of my courses count, what "
        "do I still need, and by which day. Write down the name of who told you. You’ll need it in March.",
        "You’ll lose some courses. I lost organic chemistry, which I had earned with tears, and got to keep a "
        "course on the ethics of war, which I’d taken because it was at noon.",
        "There will be one form that can only be signed by somebody who is on leave. There always is. Ask who signs "
        "when they’re away; the answer exists, and it’s usually the kind person at the front desk.",
    ),
    section(
        "What it costs",
        "A term, in my case, and one summer of calculus in a room without windows. I also lost the group chat. "
        "You don’t notice how much of a friendship is the same homework until it isn’t.",
        "I kept two people from each place. That makes six, from three faculties, and when I need to know something "
        "now I know someone who does. I didn’t plan that. I’d like to say I did.",
    ),
    section(
        "What isn’t on them",
        "My grandmother had told the whole street that I’d be a doctor. I practised the phone call for a week. She "
        "listened, and said: “Will you still be able to fix my tablet?” I said I’d be able to fix it better.",
        "“Then what are you crying for?”",
    ),
    quote(
        "Nobody in an interview has ever asked me why I switched. They ask what philosophy was like. I say: like "
        "debugging, but the bug is two thousand years old.",
        "Amara Nwosu-Leclair",
        "Co-President, and on her third and last major",
        "portrait-1",
    ),
    text(
        "If you’re thinking about it, come and find me after any event. I bring the checklist and you bring the "
        "courses you’re afraid to lose. We’ll save what can be saved.",
    ),
]

ASKING: list[Block] = [
    text(
        "You have the question. You’ve had it for eleven minutes. It was short when it began and now it has a "
        "preface. Meanwhile the lecture has gone on to the next thing, which you can’t follow, because of the "
        "question.",
        "I’ve been that person in every lecture hall on this campus. I have sat behind every pillar. Here is what "
        "got my hand up in the end.",
    ),
    steps(
        "From least to most brave",
        ("Write it down", "Seven words or fewer. If it won’t fit, you have two questions."),
        ("Ask sideways", "Your neighbour. Half the time they say: I have no idea either."),
        ("Ask after", "Walk down while the others pack. Bring the paper with the seven words."),
        ("Ask out loud", "From the third row, where three hundred people are behind you."),
    ),
    section(
        "The sentence that works",
        "“Can you say the last step again?” It accuses nobody, it needs no preface, and there is always a last "
        "step. Watch what happens to the shoulders around you when you say it. They come down.",
        "I kept count for one term. I asked it nineteen times. Fourteen times somebody thanked me on the stairs, "
        "and one of them is now my best friend, so you could say that I asked for her.",
    ),
    section(
        "And when somebody laughs",
        "It happened to me once. The professor looked up and said, “That’s the right question, and it’s on the "
        "exam.” I’ve never heard a room find its pens so fast.",
    ),
    (
        "call",
        {
            "heading": "Practise on us",
            "text": "At Cookies & Code no question is too small. Last week somebody asked what a bit is. It took an "
            "hour and three cookies, and everyone learned something.",
            "link": {"text": "See when", "page": None, "address": "/events/"},
        },
    ),
]
