"""Partners in the admin's menu: who they are, their tiers, and who came to speak."""

from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.partners.records import Partner, PartnerTier, PastSpeaker


class PartnerViewSet(SnippetViewSet):
    model = Partner
    icon = "group"
    menu_label = "Partners"
    list_display = ["name", "tier", Column("agreement", label="Agreement", accessor="agreement")]
    list_filter = ["tier"]


class TierViewSet(SnippetViewSet):
    model = PartnerTier
    icon = "order"
    menu_label = "Tiers"
    list_display = ["name", "words", "size", "order"]
    ordering = ["order", "name"]


class PastSpeakerViewSet(SnippetViewSet):
    model = PastSpeaker
    icon = "openquote"
    menu_label = "Past speakers"
    list_display = ["name", "who", "topic", "year"]
    list_filter = ["year"]


class PartnersViewSetGroup(SnippetViewSetGroup):
    items = (PartnerViewSet, TierViewSet, PastSpeakerViewSet)
    menu_label = "Partners"
    menu_icon = "pick"
    menu_order = 130
