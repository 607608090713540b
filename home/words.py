"""The few words of the frame and of searching that executives do not edit: what screen readers are told, and labels.

Everything else a visitor reads is a field of a page or of the site's settings.
"""

ANNOUNCEMENT = "Announcement"
MAIN_MENU = "Main"
MENU = "Menu"
SEARCH = "Search"
SKIP = "Skip to the content"
HOME = "home"
DIRECTIONS = "Find us on the map"
