"""The few words of forms that executives do not write themselves: mistakes, labels, what stands beside a form."""

from datetime import datetime

from django.utils import timezone

from home.days import in_words

OPTIONAL = "(if you like)"
CHOOSE = "Please choose"
TRAP = "Please leave this empty"
YES = "Yes"
NO = "No"
FACTS = "Good to know"
OPENS = "Opens"
OPEN_UNTIL = "Open until"
WHO_READS = "Who reads it"
DELETED = "Deleted on"
TYPED = "What you had typed"
BACK = "Back to the home page"
WRITE_TO_US = "Write to us"
WHERE_YOU_ARE = "You are here"

ERROR_IN_TITLE = "Please check: "
ONE_PROBLEM = "One thing to fix:"
MANY_PROBLEMS = "{count} things to fix:"
FILES_AGAIN = "Browsers forget files: please choose yours again."

NO_ANSWER = "Please answer this: {question}"
NO_TICK = "Please tick this, if you agree: {question}"
NO_CHOICE = "Please pick one of these: {question}"
NO_FILE = "Please choose a file: {question}"
WRONG_EMAIL = "That does not look like an email address. Please check it."
WRONG_LINK = "That does not look like an address on the web, such as https://example.com. Please check it."
WRONG_DAY = "Please write the day as year, month, day: 2026-11-30."
WRONG_NUMBER = "Please write a number."
TOO_LONG = "That is {count} characters, and {most} fit. Please shorten it."
WRONG_KIND = "This kind of file cannot be sent. Use PDF, Word (docx), Excel (xlsx), or a picture."
FILE_TOO_LARGE = "{name} has {size}. At most 10 MB can be sent: save it smaller, then choose it again."
FILE_IS_READ = "One moment: we look at the file."
FILE_HINT = "PDF, Word, Excel or a picture, at most 10 MB."

TOO_FAST = "That was very quick. Please press the button once more."
PAGE_TOO_OLD = "This page was open for a long time. Your answer is still here: please press the button once more."
TRAP_FILLED = "A hidden field was filled in, which programs do and people do not. Please press the button once more."
NOT_FROM_HERE = "That did not come from our own page. Please press the button once more."
TOO_MANY = "Too many answers came from where you are just now. Please press the button again in a quarter of an hour."


def moment(when: datetime) -> str:
    """`Wednesday 7 October, 11:59 pm`, in Toronto."""
    local = timezone.localtime(when)
    hour = f"{local:%I:%M}".lstrip("0").removesuffix(":00")
    return f"{in_words(local.date())}, {hour} {'am' if local.hour < 12 else 'pm'}"
