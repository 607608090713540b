"""A story as search engines understand it: schema.org's Article, or an episode of a podcast."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from home.machines.structured import club_id
from home.sharing.showing import whole
from home.site_settings import SiteSettings

if TYPE_CHECKING:
    from home.stories.page import StoryPage


def story_thing(story: "StoryPage", site: SiteSettings, picture: str) -> dict[str, Any] | None:
    """Who tells it, and when; None for an article that stands elsewhere: it is told there what it is."""
    if story.kind == story.Kind.ELSEWHERE:
        return None
    url = whole(story.url or "/")
    day = story.published_at or timezone.now()
    club = {"@type": "Organization", "@id": club_id(), "name": site.full_name, "url": whole("/")}
    thing: dict[str, Any] = {
        "@type": "Article",
        "@id": f"{url}#story",
        "headline": story.title,
        "description": story.lede,
        "url": url,
        "image": picture,
        "datePublished": timezone.localtime(day).isoformat(),
        "author": [{"@type": "Person", "name": str(author)} for author in story.authors.all()] or club,
        "publisher": club,
        "inLanguage": "en-CA",
    }
    if story.last_published_at:
        thing["dateModified"] = timezone.localtime(story.last_published_at).isoformat()
    if story.kind == story.Kind.PODCAST:
        thing |= {"@type": "PodcastEpisode", "name": thing.pop("headline"), "associatedMedia": story.address}
    return thing
