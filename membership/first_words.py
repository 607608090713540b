"""What the join page says until an executive says it better."""

HEADING = "You’re three fields from being *in*."
LEDE = "Tell us your name and your email, pick a level, done. Join today and you’re a member until {until}."
FORM_HEADING = "Join here"
EMAIL_HINT = "Your school email, if you have one. Your membership goes there, and nothing you didn’t ask for."
NEWSLETTER_CONSENT = (
    "Yes, send me the newsletter of the Women in Technology Society, about every second Sunday. "
    "I can stop it at any time with one click."
)
PAID_BUTTON = "Continue to payment"
FREE_BUTTON = "Continue for free"
PAID_NOTE = "You pay in Canadian dollars on Stripe’s own page. We never see your card number."
FREE_NOTE = "We send you a link, to make sure that the address is yours."
SMALL_PRINT = "By joining you agree to these:"
PERKS_HEADING = "What you get"
PERKS_INTRO = "Every level gets you through the door. Here is what else it brings."

NEXT_HEADING = "What happens next"
NEXT_STEPS = [
    (
        "step",
        {"title": "You pay", "text": "On Stripe’s page, by card, Apple Pay or Google Pay. Free members skip this."},
    ),
    ("step", {"title": "You get an email", "text": "Within a minute: that you’re in, and where to find every perk."}),
    ("step", {"title": "You come by", "text": "To the next event, as you are. Someone will be glad to see you."}),
]

WELCOME_TITLE = "{first_name}, you’re *in*."
WELCOME_TEXT = (
    "<p>Welcome to WITS! We’ve sent everything you need to {email}. It’s usually there within a minute.</p>"
)
WELCOME_HEADING = "Three things to do first"
WELCOME_STEPS = [
    (
        "step",
        {"title": "Look in your inbox", "text": "If nothing comes, look under spam, and tell us if it isn’t there."},
    ),
    ("step", {"title": "Pick an event", "text": "The next one is a good one. Nobody minds if you come alone."}),
    ("step", {"title": "Bring someone", "text": "WITS grew because somebody brought a friend. Be that somebody."}),
]
OTHERS_TITLE = "That one’s *in*."
OTHERS_TEXT = (
    "<p>This membership is complete, and the welcome email is on its way. We greet people by name only in "
    "the browser they joined with.</p>"
)
PROCESSING_TITLE = "Your payment is on its *way*."
PROCESSING_TEXT = (
    "<p>Your bank has not told us yet. With some ways to pay, that takes a few days. There’s nothing left for you to "
    "do: as soon as the payment arrives you’re a member, and we write to you.</p>"
)
CHECKING_TITLE = "We’re still *checking*."
CHECKING_TEXT = (
    "<p>We can’t reach Stripe right now, so we can’t tell you yet whether your payment arrived. If you paid, it is "
    "safe: we keep asking, and write to you as soon as we know. Please don’t pay a second time.</p>"
)
UNKNOWN_TITLE = "We can’t find that payment."
UNKNOWN_TEXT = (
    "<p>The link is not complete, or it is not one of ours. If you paid, look for our welcome email; and if there is "
    "none, write to us and we’ll find your payment.</p>"
)
CASE_TITLE = "We’re looking at this one *ourselves*."
CASE_TEXT = (
    "<p>Your payment arrived, and something about it does not add up. One of us is looking at it and will write to "
    "you. There’s nothing for you to do; please don’t pay a second time.</p>"
)
REFUNDED_TITLE = "This one was paid back."
REFUNDED_TEXT = "<p>The payment was given back in full, and the membership with it. You’re welcome to join again.</p>"

CANCELLED_TITLE = "Nothing was paid."
CANCELLED_TEXT = "<p>You left the payment page, and that’s fine. If you’d like to go on, it takes one click.</p>"
CONTINUE_BUTTON = "Continue where you were"
FAILED_TITLE = "The payment didn’t go through."
FAILED_TEXT = "<p>Your bank said no, and nothing was charged. It happens to everyone: another card often works.</p>"
AWAY_TITLE = "Our payment page isn’t answering."
AWAY_TEXT = "<p>Nothing was paid, and what you typed is still here. Please wait a minute, then try again.</p>"
LIMITED_TITLE = "That’s a lot of joining at once."
LIMITED_TEXT = (
    "<p>Many people began to join from here and haven’t finished yet, so we’re taking a short break. Nothing was "
    "paid, and what you typed is still here. Please try again in ten minutes, or write to us and "
    "we’ll get you in:</p>"
)
AWAY_BUTTON = "Try again"

EXPIRED_TITLE = "That took a little too *long*."
EXPIRED_TEXT = (
    "<p>The payment page closes after an hour, to keep your details safe. Nothing was paid. You can start again "
    "here.</p>"
)

CHECK_TITLE = "One more thing: check your *mail*."
CHECK_TEXT = (
    "<p>We’ve sent a link to {email}. Press it, and you’re in. It works for a day. If nothing comes within "
    "a few minutes, look under spam, or check the address and join again.</p>"
)
AGAIN_BUTTON = "Send the link again"
AGAIN_TEXT = "If the address is right, the link is on its way once more."
CONFIRM_TITLE = "One last *click*."
CONFIRM_TEXT = "<p>This tells us that the address is yours. Then you’re a member.</p>"
CONFIRM_BUTTON = "Yes, make me a member"
LINK_TITLE = "That link doesn’t work any more."
LINK_TEXT = (
    "<p>It is too old, or a part of it got lost on the way. If you’ve joined already, all is well. Otherwise join "
    "here once more: it takes a minute.</p>"
)

CLOSED_TITLE = "Joining is closed for now"
CLOSED_TEXT = "<p>We open again in September. Until then, our events are open to everyone who’s curious: come by!</p>"
