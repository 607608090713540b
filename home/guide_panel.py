"""A link from a form of the admin to the page of the guide that explains it."""

from typing import Any

from wagtail.admin.panels import HelpPanel


class GuidePanel(HelpPanel):
    """`GuidePanel("change-the-price", "How to change the price")`: a link to that subject of the guide."""

    def __init__(self, subject: str, words: str, **kwargs: Any) -> None:
        super().__init__(template="home/admin/guide_link.html", **kwargs)
        self.subject = subject
        self.words = words

    def clone_kwargs(self) -> dict[str, Any]:
        kept = super().clone_kwargs()
        del kept["template"], kept["content"]
        return {**kept, "subject": self.subject, "words": self.words}

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {
                **super().get_context_data(parent_context),
                "subject": self.panel.subject,
                "words": self.panel.words,
            }
