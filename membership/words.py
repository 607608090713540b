"""The few words of joining that executives do not edit: labels, errors, and what buttons say to screen readers.

Everything else a visitor reads is a field of the join page, a level, a perk or a mail.
"""

FIRST_NAME = "First name"
LAST_NAME = "Last name"
EMAIL = "Email"
LEVEL = "Your level"
TRAP = "Please leave this empty"

FREE = "Free"
UNTIL = "Until {date}."
NO_END = "No end date."
PERK = "Perk"
YES = "Yes"
NO = "No"

ERROR_IN_TITLE = "Please check: "
SUMMARY_ONE = "One thing to fix:"
SUMMARY_MANY = "{count} things to fix:"

NO_FIRST_NAME = "Please type your first name."
NO_LAST_NAME = "Please type your last name. If you have only one name, type it in both fields."
NAME_TOO_LONG = "That is more than 300 characters. Please shorten it."
NAME_HIDDEN_CHARACTERS = "There is an invisible character in this; that happens when pasting. Please type it instead."
DID_YOU_MEAN = "Did you mean {email}?"
USE_SUGGESTION = "Yes, use {email}"
KEEP_EMAIL = "No, {email} is right"
NO_LEVEL = "Please pick a level."
LEVEL_CLOSED = "Nobody can join at that level just now. Please pick another one."
PRICE_CHANGED = "The price of {level} has changed: it is now {price}. If that is fine, press the button again."
TOO_FAST = "That was very quick. Please press the button once more."
PAGE_TOO_OLD = "This page was open for a long time. Your details are still here: please press the button once more."
TRAP_FILLED = "A hidden field was filled in, which programs do and people do not. Please press the button once more."
NOT_FROM_HERE = "That did not come from our own page. Please press the button once more."

YOUR_ADDRESS = "your address"
JOINED_ON = "Joined on {date}"
LOOK_AGAIN = "Look again"
HOME = "Back to the home page"
WRITE_TO_US = "Write to us"
JOIN_AGAIN = "Back to the join page"
