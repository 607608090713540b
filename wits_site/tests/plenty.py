"""A site with so many of everything, made quickly: rows are written as they would lie in the database afterwards."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page

from events.models import EventPage
from events.tests.factories import the_events_page
from home.forms.making import Asked
from home.models import (
    AlbumPage,
    AlbumPhoto,
    OpportunityPage,
    OutsideProgramPage,
    Partner,
    PartnerTier,
    PastSpeaker,
    Person,
    Picture,
    PictureRendition,
    Portfolio,
    ProgramPage,
    Role,
    SharePicture,
    StandardPage,
    StoryAuthor,
    StoryPage,
)
from home.pictures.places import PLACES
from home.tests.factories import (
    AlbumsPageFactory,
    FormPageFactory,
    InitiativesPageFactory,
    OpportunitiesPageFactory,
    PartnersPageFactory,
    StandardPageFactory,
    TeamPageFactory,
    the_home_page,
    the_stories_page,
)
from home.tests.frames import fill_the_frame
from membership.first_pages import ensure_join_page
from membership.models import Level, Perk

THIS_YEAR = 2026
GALLERY = 24
PLACED = [PLACES[name] for name in ("hero", "scene", "card", "portrait", "gallery", "large", "logo")]


class Plenty:
    """`Plenty().of(10)` makes ten of everything a list shows, `.of(500)` as many more as are missing."""

    def __init__(self) -> None:
        self.home = the_home_page()
        self.events = the_events_page()
        self.stories = the_stories_page()
        self.programs = InitiativesPageFactory()
        self.parent = StandardPageFactory(title="Many below", slug="many")
        self.album = StandardPageFactory(title="Album", slug="album", parent=self.parent)
        self.links = StandardPageFactory(title="Links", slug="links")
        self.team = TeamPageFactory()
        self.partners = PartnersPageFactory()
        self.join = ensure_join_page()
        self.tier = PartnerTier.objects.create(name="Gold")
        self.portfolio = Portfolio.objects.create(name="Everyone")
        self.form = FormPageFactory(questions=[Asked(f"Question {n}") for n in range(40)])
        self.opportunities = OpportunitiesPageFactory()
        self.albums = AlbumsPageFactory()
        self.there = 0
        fill_the_frame(self.events, self.stories, self.team)

    def of(self, number: int) -> "Plenty":
        """Make what is missing to `number` of everything."""
        new = range(self.there, number)
        self.there = number
        pictures = self._pictures(new)
        people = self._people(new, pictures)
        self._events(new, pictures)
        self._stories(new, pictures, people)
        self._programs(new, pictures)
        self._partners(new, pictures)
        self._opportunities(new)
        self._albums(new, pictures)
        self._words(new, pictures)
        level = Level.objects.order_by("pk").first()
        perks = Perk.objects.bulk_create(Perk(title=f"Perk {n}") for n in new)
        Perk.levels.through.objects.bulk_create(
            Perk.levels.through(perk_id=perk.pk, level_id=level.pk) for perk in perks
        )
        drawn = SharePicture.objects.values("page")
        SharePicture.objects.bulk_create(
            SharePicture(page_id=pk, file=f"share/{pk}.jpg", state="x")
            for pk in Page.objects.filter(depth__gt=1).exclude(pk__in=drawn).values_list("pk", flat=True)
        )
        return self

    def _pictures(self, new: range) -> list[Picture]:
        pictures = Picture.objects.bulk_create(
            Picture(
                title=f"Picture {n}", description=f"Words {n}", file=f"original_images/{n}.jpg", width=3, height=4
            )
            for n in new
        )
        PictureRendition.objects.bulk_create(
            PictureRendition(image=picture, filter_spec=spec, file=f"images/{picture.pk}.x", width=480, height=360)
            for picture in pictures
            for spec in sorted(
                {spec for place in PLACED for specs in place.specs(picture).values() for spec in specs}
            )
        )
        return pictures

    def _people(self, new: range, pictures: list[Picture]) -> list[Person]:
        people = Person.objects.bulk_create(
            Person(name=f"Person {n}", picture=picture) for n, picture in zip(new, pictures, strict=True)
        )
        Role.objects.bulk_create(
            Role(year=year, portfolio=self.portfolio, title="Member", person=person)
            for person in people
            for year in (THIS_YEAR, THIS_YEAR - 1)
        )
        return people

    def _events(self, new: range, pictures: list[Picture]) -> None:
        now = timezone.now()
        hours = timedelta(hours=2)
        words = {
            "place": "Weldon",
            "summary": "Come.",
            "places": 60,
            "places_taken": 9,
            "sign_up_link": "https://a.example",
        }
        times = [now + timedelta(days=(n + 1) * (1 if n % 2 else -1)) for n in new]
        self._pages(
            EventPage,
            self.events,
            [
                {"starts_at": time, "ends_at": time + hours, "picture": picture, **words}
                for time, picture in zip(times, pictures, strict=True)
            ],
        )

    def _stories(self, new: range, pictures: list[Picture], people: list[Person]) -> None:
        kinds = ["article", "podcast", "elsewhere"]
        stories = self._pages(
            StoryPage,
            self.stories,
            [
                {
                    "kind": kinds[n % 3],
                    "address": "https://medium.com/x" if n % 3 else "",
                    "published_at": timezone.now() - timedelta(days=n),
                    "picture": picture,
                    "lede": "Once.",
                }
                for n, picture in zip(new, pictures, strict=True)
            ],
        )
        StoryAuthor.objects.bulk_create(
            StoryAuthor(story_id=story.pk, person=person) for story, person in zip(stories, people, strict=True)
        )

    def _programs(self, new: range, pictures: list[Picture]) -> None:
        self._pages(ProgramPage, self.programs, [{"picture": picture} for picture in pictures])
        self._pages(OutsideProgramPage, self.programs, [{"elsewhere": "https://a.example"} for _ in new])

    def _partners(self, new: range, pictures: list[Picture]) -> None:
        since = timezone.localdate() - timedelta(days=9)
        Partner.objects.bulk_create(
            Partner(name=f"P {n}", tier=self.tier, logo=picture, since=since)
            for n, picture in zip(new, pictures, strict=True)
        )
        PastSpeaker.objects.bulk_create(
            PastSpeaker(name=f"S {n}", year=THIS_YEAR, picture=picture)
            for n, picture in zip(new, pictures, strict=True)
        )

    def _opportunities(self, new: range) -> None:
        today, partner = timezone.localdate(), Partner.objects.first()
        fields = {"lede": "Try.", "partner": partner, "apply_link": "https://a.example"}
        rows = [{"last_day": today + timedelta(days=n), **fields} for n in new]
        self._pages(OpportunityPage, self.opportunities, rows)

    def _albums(self, new: range, pictures: list[Picture]) -> None:
        """Albums with one photo each, and all photos in the first of them too."""
        albums = self._pages(AlbumPage, self.albums, [{"lede": "Look."} for _ in new])
        first = AlbumPage.objects.order_by("pk")[0]
        AlbumPhoto.objects.bulk_create(
            AlbumPhoto(album=album, picture=picture, sort_order=number)
            for number, (own, picture) in enumerate(zip(albums, pictures, strict=True))
            for album in dict.fromkeys([own, first])
        )

    def _words(self, new: range, pictures: list[Picture]) -> None:
        """One page with every picture in galleries, one with a link to each page in text and in cards."""
        below = self._pages(StandardPage, self.parent, [{"lede": "Words."} for _ in new])
        album = [{"picture": picture, "caption": ""} for picture in pictures]
        galleries = [
            ("gallery", {"heading": "", "pictures": album[at : at + GALLERY]}) for at in range(0, len(album), GALLERY)
        ]
        self.album.body = [*self._so_far(self.album), *galleries]
        self.album.save()
        texts = [("rich_text", f'<p><a linktype="page" id="{page.pk}">There</a></p>') for page in below]
        cards = [{"title": page.title, "link": {"text": "Go", "page": page, "address": ""}} for page in below]
        many = [*texts, ("cards", {"heading": "", "look": "words", "cards": cards})]
        self.links.body = [*self._so_far(self.links), *many]
        self.links.save()

    def _so_far(self, page: StandardPage) -> list[tuple[str, Any]]:
        return [(block.block_type, block.value) for block in page.body]

    def _pages(self, model: type[Page], parent: Page, fields: list[dict[str, Any]]) -> list[Any]:
        """Pages under `parent`, written without a look at the tree for each."""
        parent = Page.objects.get(pk=parent.pk)
        content_type = ContentType.objects.get_for_model(model)
        rows = []
        for place in range(parent.numchild + 1, parent.numchild + 1 + len(fields)):
            slug = f"{model.__name__.lower()}-{place}"
            rows.append(
                Page(
                    path=Page._get_path(parent.path, parent.depth + 1, place),
                    depth=parent.depth + 1,
                    title=f"{model.__name__} {place}",
                    draft_title=slug,
                    slug=slug,
                    url_path=f"{parent.url_path}{slug}/",
                    content_type=content_type,
                    locale_id=parent.locale_id,
                    translation_key=uuid.uuid4(),
                )
            )
        Page.objects.bulk_create(rows)
        Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(rows))
        pages = []
        for row, its_fields in zip(rows, fields, strict=True):
            page = model(page_ptr=row, **its_fields)
            page.__dict__.update({name: value for name, value in row.__dict__.items() if name != "_state"})
            page.save_base(raw=True, force_insert=True)
            pages.append(page)
        return pages
