"""The few words that executives do not edit: labels, counts, what screen readers hear, what stands at dates.

Everything else a visitor reads is a field of a page, a block, a snippet or the site's settings.
"""

SKIP = "Skip to the content"
ANNOUNCEMENT = "Announcement"
MAIN_MENU = "Main"
MENU = "Menu"
HOME = "home"
DIRECTIONS = "Find us on the map"
WHERE_YOU_ARE = "You are here"
ON_THIS_PAGE = "On this page"

PICTURES = "Pictures"
PICTURE = "Picture"
CLOSE = "Close"
PLAYS_FROM = "Plays from YouTube"
FOUND_ON = "On {place}"
READ = "Read"
LISTEN = "Listen"

SEARCH = "Search"
SEARCH_FOR = "What to look for"
SEARCH_TITLE = "Search: {typed}"
FOUND_ONE = "One result for “{typed}”"
FOUND_MANY = "{count} results for “{typed}”"
SOME_WORDS = "No page has all of these words. These have some of them."
DID_YOU_MEAN = "Did you mean"
RESULTS = "Pages of results"
PAGE_OF = "Page {number} of {pages}"
PREVIOUS = "Previous"
NEXT = "Next"

OVER = "Over"
UNTIL = "until {day}"
OPENS = "Opens {day}"
OPEN = "Open now"
OPEN_UNTIL = "Open until {day}"
CLOSED = "Closed"
FROM = "from {day}"
ENDED = "ended {day}"
NO_END = "no end date"

# In the head of the second and later pages of a list, after its title and before its description.
TURNED = ", page {number}"
BEFORE_TURNED = "Page {number}: "
