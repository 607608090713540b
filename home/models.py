"""What visitors read."""

from home.home_page import HomePage
from home.people.page import TeamPage
from home.people.records import Person, Portfolio, Role
from home.pictures.records import Picture, PictureRendition
from home.site_settings import SiteSettings
from home.standard_page import StandardPage

__all__ = [
    "HomePage",
    "Person",
    "Picture",
    "PictureRendition",
    "Portfolio",
    "Role",
    "SiteSettings",
    "StandardPage",
    "TeamPage",
]
