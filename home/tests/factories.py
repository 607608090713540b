"""Pages for tests; each stands under the home page that first content made."""

from datetime import date, timedelta
from typing import Any

import factory
import wagtail_factories
from django.utils import timezone

from home.albums.making import make_album
from home.first_content import ensure_first_content
from home.forms.making import Asked, make_form
from home.models import (
    AlbumPage,
    AlbumsPage,
    FormPage,
    HomePage,
    InitiativesPage,
    OpportunitiesPage,
    OpportunityPage,
    OutsideProgramPage,
    Partner,
    PartnersPage,
    PartnerTier,
    PastSpeaker,
    Person,
    Picture,
    Portfolio,
    ProgramPage,
    Role,
    StandardPage,
    StoriesIndexPage,
    StoryPage,
    TeamPage,
)
from home.opportunities.making import make_opportunity
from home.stories.making import make_story


def the_home_page() -> HomePage:
    return ensure_first_content()


class PictureFactory(wagtail_factories.ImageFactory):
    """A small uploaded picture with its words."""

    description = "Two students laugh over a laptop"

    class Meta:
        model = Picture


class StandardPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"A page {n}")
    parent = factory.LazyFunction(the_home_page)

    class Meta:
        model = StandardPage


class TeamPageFactory(wagtail_factories.PageFactory):
    title = "The team"
    slug = "team"
    parent = factory.LazyFunction(the_home_page)

    class Meta:
        model = TeamPage


class PersonFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Maya Okafor {n}")

    class Meta:
        model = Person


class PortfolioFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Portfolio {n}")

    class Meta:
        model = Portfolio


class RoleFactory(factory.django.DjangoModelFactory):
    """A slot with a person; `person=None` for a free one."""

    year = 2026
    portfolio = factory.SubFactory(PortfolioFactory)
    title = "Coordinator"
    person = factory.SubFactory(PersonFactory)

    class Meta:
        model = Role


class StoriesIndexPageFactory(wagtail_factories.PageFactory):
    """The page of stories, in the demonstration's place."""

    title = "Stories"
    slug = "stories"
    parent = factory.LazyFunction(the_home_page)

    class Meta:
        model = StoriesIndexPage


def the_stories_page() -> StoriesIndexPage:
    return StoriesIndexPage.objects.first() or StoriesIndexPageFactory()


class StoryPageFactory(factory.django.DjangoModelFactory):
    """A story, made as the demonstration makes them: `authors` are people or names, `tags` are words."""

    index = factory.LazyFunction(the_stories_page)
    title = factory.Sequence(lambda n: f"A story {n}")
    lede = "What happened, and what came of it."

    class Meta:
        model = StoryPage

    class Params:
        podcast = factory.Trait(kind="podcast", address="https://open.spotify.com/episode/x", minutes=34)
        elsewhere = factory.Trait(kind="elsewhere", address="https://medium.com/@wits/x", minutes=8)

    @classmethod
    def _create(cls, model_class: type[StoryPage], *args: Any, **kwargs: Any) -> StoryPage:
        return make_story(**kwargs)


class InitiativesPageFactory(wagtail_factories.PageFactory):
    title = "It adds up"
    slug = "initiatives"
    parent = factory.LazyFunction(the_home_page)

    class Meta:
        model = InitiativesPage


class ProgramPageFactory(wagtail_factories.PageFactory):
    """A program that says nothing of applying; it needs its `parent`."""

    title = factory.Sequence(lambda n: f"Program {n}")

    class Meta:
        model = ProgramPage


class OutsideProgramPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"SheHacks {n}")
    elsewhere = "https://www.shehacks.example/2027"

    class Meta:
        model = OutsideProgramPage


class PartnersPageFactory(wagtail_factories.PageFactory):
    title = "They pay for the pizza"
    slug = "partners"
    parent = factory.LazyFunction(the_home_page)

    class Meta:
        model = PartnersPage


class PartnerTierFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Tier {n}")

    class Meta:
        model = PartnerTier


class PartnerFactory(factory.django.DjangoModelFactory):
    """A partner whose agreement began long ago and has no end."""

    name = factory.Sequence(lambda n: f"Northpine {n}")
    tier = factory.SubFactory(PartnerTierFactory)
    since = date(2020, 1, 1)

    class Meta:
        model = Partner


class PastSpeakerFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Henrike Solberg {n}")
    year = 2026

    class Meta:
        model = PastSpeaker


class FormPageFactory(factory.django.DjangoModelFactory):
    """A form, made as the demonstration makes them: `questions` are a name, an address and a text."""

    parent = factory.LazyFunction(the_home_page)
    title = factory.Sequence(lambda n: f"A form {n}")
    questions = factory.LazyFunction(
        lambda: [Asked("Your name", "name"), Asked("Your email", "email"), Asked("Say it", "multiline")]
    )

    class Meta:
        model = FormPage

    @classmethod
    def _create(cls, model_class: type[FormPage], *args: Any, **kwargs: Any) -> FormPage:
        return make_form(**kwargs)


class OpportunitiesPageFactory(wagtail_factories.PageFactory):
    title = "Opportunities"
    slug = "opportunities"
    parent = factory.LazyFunction(the_home_page)

    class Meta:
        model = OpportunitiesPage


class OpportunityPageFactory(factory.django.DjangoModelFactory):
    """An internship in Toronto, open for another week."""

    index = factory.LazyFunction(lambda: OpportunitiesPage.objects.first() or OpportunitiesPageFactory())
    title = factory.Sequence(lambda n: f"An internship {n}")
    employer = "Kestrel"
    lede = "Keep the numbers right."
    place = "Toronto"
    last_day = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))

    class Meta:
        model = OpportunityPage

    @classmethod
    def _create(cls, model_class: type[OpportunityPage], *args: Any, **kwargs: Any) -> OpportunityPage:
        return make_opportunity(**kwargs)


class AlbumsPageFactory(wagtail_factories.PageFactory):
    title = "Albums"
    slug = "albums"
    parent = factory.LazyFunction(the_home_page)

    class Meta:
        model = AlbumsPage


class AlbumPageFactory(factory.django.DjangoModelFactory):
    """An album, made as the demonstration makes them: `photos` are pictures with their captions."""

    index = factory.LazyFunction(lambda: AlbumsPage.objects.first() or AlbumsPageFactory())
    title = factory.Sequence(lambda n: f"An album {n}")

    class Meta:
        model = AlbumPage

    @classmethod
    def _create(cls, model_class: type[AlbumPage], *args: Any, **kwargs: Any) -> AlbumPage:
        return make_album(**kwargs)
