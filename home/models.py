"""What visitors read."""

from home.home_page import HomePage
from home.pictures import Picture, PictureRendition
from home.site_settings import SiteSettings
from home.standard_page import StandardPage

__all__ = ["HomePage", "Picture", "PictureRendition", "SiteSettings", "StandardPage"]
