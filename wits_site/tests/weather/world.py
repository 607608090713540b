"""Everybody around the site. All that they do can be done again in another world.

Each deed names what it is about in words that hold in every world. Where what the site does depends on what it
knows, it first hears all there is to know of the matter: that is when people do such things, and it makes one
history of it whatever the post did.
"""

from wits_site.tests.weather.banks import Banks
from wits_site.tests.weather.contacts import Contacts
from wits_site.tests.weather.executives import Executives
from wits_site.tests.weather.visitors import Visitors


class World(Visitors, Banks, Executives, Contacts):
    """`do` is every deed; `history` what was done."""
