"""Stories in the admin's menu, and the list in which their tags are tidied up."""

from wagtail.snippets.views.snippets import SnippetViewSet

from home.stories.tags import StoryTag


class StoryTagViewSet(SnippetViewSet):
    """A tag that is renamed here is renamed on every story; its address stays."""

    model = StoryTag
    icon = "tag"
    menu_label = "Tags of stories"
    list_display = ["name", "slug"]
    ordering = ["name"]
    add_to_settings_menu = True
