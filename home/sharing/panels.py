"""In the tab Address and search: what goes with a shared link, as it is now."""

from typing import Any

from wagtail.admin.panels import Panel

from home.sharing.showing import shared


class SharePicturePanel(Panel):
    """The picture itself, below the field that chooses another."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/share_picture.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"shared": shared(self.instance)}
