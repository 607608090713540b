"""The demonstration's pages of words, in the order in which they are made."""

from home import demo_club, demo_first_steps, demo_help, demo_resources, demo_small_print

# Those that stand under another one (`under` is its slug) come after it.
PAGES = [
    *demo_club.PAGES,
    *demo_first_steps.PAGES,
    *demo_help.PAGES,
    *demo_resources.PAGES,
    *demo_small_print.PAGES,
]
