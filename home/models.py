"""What visitors read."""

from home.albums.page import AlbumPage, AlbumsPage
from home.albums.records import AlbumPhoto, TakeDown
from home.broken_links.records import Link, LinkPlace
from home.forms.page import FormPage
from home.forms.questions import FormQuestion
from home.forms.records import Answer, AnswerFile
from home.home_page import HomePage
from home.opportunities.index_page import OpportunitiesPage
from home.opportunities.page import OpportunityPage
from home.partners.page import PartnersPage
from home.partners.records import Partner, PartnerTier, PastSpeaker
from home.people.page import TeamPage
from home.people.records import Person, Portfolio, Role
from home.pictures.records import Picture, PictureRendition
from home.programs.initiatives_page import InitiativesPage
from home.programs.outside import OutsideProgramPage
from home.programs.program_page import ProgramPage
from home.sharing.records import SharePicture
from home.site_settings import SiteSettings
from home.standard_page import StandardPage
from home.stories.authors import StoryAuthor
from home.stories.index_page import StoriesIndexPage
from home.stories.page import StoryPage
from home.stories.tags import StoryTag, TaggedStory

__all__ = [
    "AlbumPage",
    "AlbumPhoto",
    "AlbumsPage",
    "Answer",
    "AnswerFile",
    "FormPage",
    "FormQuestion",
    "HomePage",
    "InitiativesPage",
    "Link",
    "LinkPlace",
    "OpportunitiesPage",
    "OpportunityPage",
    "OutsideProgramPage",
    "Partner",
    "PartnerTier",
    "PartnersPage",
    "PastSpeaker",
    "Person",
    "Picture",
    "PictureRendition",
    "Portfolio",
    "ProgramPage",
    "Role",
    "SharePicture",
    "SiteSettings",
    "StandardPage",
    "StoriesIndexPage",
    "StoryAuthor",
    "StoryPage",
    "StoryTag",
    "TaggedStory",
    "TakeDown",
    "TeamPage",
]
