"""The few words of events that executives do not edit: labels, counts, and what screen readers hear.

Everything else a visitor reads is a field of the event or of the page that lists all events.
"""

WHEN = "When"
WHERE = "Where"
BRING = "Bring"
COST = "What it costs"

PLACES = "{places} places"
ONE_PLACE = "1 place"
PLACES_LEFT = "{left} places left"
ONE_PLACE_LEFT = "1 place left"
FULL = "Full"
WAITING_LIST = "Waiting list"
OVER = "Over"
EVERYONE = "Open to everyone"
MEMBERS_FIRST = "Members first"

AM = "am"
PM = "pm"
HOURS = "{first} to {last}"
DAYS = "{first}, to {last}"

OF_PLACES_LEFT = "of {places} places left"
OF_PLACES = "places"
ALL_TAKEN = "All {places} places are taken"

PAST_PAGES = "Past events"
NEWER = "Newer"
OLDER = "Older"
PAGE_OF = "Page {number} of {count}"
