"""Pages for tests; each stands under the home page that first content made."""

import factory
import wagtail_factories

from home.first_content import ensure_first_content
from home.models import HomePage, Picture, StandardPage


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
