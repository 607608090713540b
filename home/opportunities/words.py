"""The few words of opportunities that executives do not write themselves."""

KINDS = "Kinds of opportunities"
EVERYTHING = "All"
SHELVES = {"job": "Jobs", "internship": "Internships", "scholarship": "Scholarships"}
ONE = {"job": "Job", "internship": "Internship", "scholarship": "Scholarship"}
MEMBERS_FIRST = "Members first"
OFFERED_BY = "From"
A_PARTNER = "{name}, a partner of ours"
PLACE = "Where"
PAY = "Pays"
EMAIL = "Your email address"
TRAP = "Please leave this empty"
WRONG_EMAIL = "That does not look like an email address. Please check it."
PRESS_AGAIN = "Please press the button once more."
OVER = "{title} (over)"
BACK = "Back"
