"""What the executives may do, by position. Made after every migrate; it only ever adds what is missing."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from django.db.models.signals import post_save
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from desk.review import ensure_review
from events.models import EventsIndexPage

EDITOR, EVENTS, TREASURER, OWNER = "Editor", "Events", "Treasurer", "Owner"
# What each is for, as an Owner reads it.
POSITIONS = {
    EDITOR: "every page, picture and file; no members and no money",
    EVENTS: "the events and their pictures, and nothing else",
    TREASURER: "members, payments and deliveries; no pages",
    OWNER: "everything, and who else may sign in",
}

PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
# Wagtail asks for the rights of its own image model, whichever takes its place.
PICTURES_AND_DOCUMENTS = (
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "choose_document"),
)
# Rights that no position has, and that are taken away where one had them. Nobody makes or deletes by hand what Stripe
# and the worker write; and positions are made here: an Owner gives a person one, and never changes what it may do.
NOBODYS = {
    "membership": ("add_member", "delete_member", "add_signup", "change_signup", "delete_signup")
    + ("add_stripeevent", "delete_stripeevent", "add_payment", "change_payment", "delete_payment")
    + ("add_case", "delete_case", "add_dispute", "change_dispute", "delete_dispute")
    + ("add_refund", "change_refund", "delete_refund"),
    "outbox": ("add_delivery", "delete_delivery", "add_alert", "delete_alert"),
    "auth": tuple(f"{act}_{what}" for what in ("group", "permission") for act in ("add", "change", "delete", "view")),
    "wagtailcore": ("add_site", "change_site", "delete_site", "view_site")
    + ("add_collection", "change_collection", "delete_collection", "view_collection"),
}
TREASURERS = {
    "membership": (
        "view_member",
        "change_member",
        "export_member",
        "add_by_hand_member",
        "import_member",
        "view_signup",
        "view_stripeevent",
        "change_stripeevent",
        "view_case",
        "change_case",
        "make_refund",
    ),
    "outbox": ("view_delivery", "change_delivery", "view_alert"),
}


def ensure_groups() -> None:
    """Make the four groups with their rights. What a maintainer gave one besides stays, but for what is nobody's.

    Editor: pages, pictures, documents and the site's own settings. Events: what is under the events page, and
    pictures and documents for it. Treasurer: members, join forms, Stripe's events
    and deliveries. Owner: all of it, and the accounts of staff (whoever may change those may become anyone).
    """
    _make_permissions()
    _take_over_defaults()
    editor, events, treasurer, owner = (_group(name) for name in POSITIONS)
    sign_in = _named({"wagtailadmin": ("access_admin",)})
    content = Permission.objects.filter(
        Q(content_type__app_label="home") | Q(content_type__app_label="wagtailredirects")
    ).exclude(content_type__model__in=["picture", "picturerendition", "answer", "answerfile"])
    _give(editor, sign_in, content)
    _give(events, sign_in)
    _give(treasurer, sign_in, _named(TREASURERS))
    everything = Permission.objects.filter(
        content_type__app_label__in=["home", "membership", "events", "outbox", "desk", "wagtailredirects"]
    ).exclude(pk__in=_named(NOBODYS).values("pk"))
    _give(owner, sign_in, everything)
    for group in (editor, events, treasurer, owner):
        group.permissions.remove(*_named(NOBODYS))
    for group in (editor, owner):
        _let_edit_pages(group, Page.get_first_root_node())
    _let_use_files(editor, events, owner)
    for page in EventsIndexPage.objects.all():
        _let_edit_pages(events, page)
    ensure_review(owner)


def watch_for_events() -> None:
    """An events page that somebody makes is at once open to those who have the events."""
    post_save.connect(_let_edit_new_events, sender=EventsIndexPage, dispatch_uid="desk.groups.events")


def _let_edit_new_events(instance: EventsIndexPage, *, created: bool = False, raw: bool = False, **more: Any) -> None:
    if created and not raw:
        _let_edit_pages(_group(EVENTS), instance)


def _make_permissions() -> None:
    """Django makes them at the end of migrate, which may be after us; making them twice changes nothing."""
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0)


def _take_over_defaults() -> None:
    """Wagtail's own two groups become ours: Moderators approve what is sent for review, which is the Owner's part."""
    for theirs, ours in {"Editors": EDITOR, "Moderators": OWNER}.items():
        if not Group.objects.filter(name=ours).exists():
            Group.objects.filter(name=theirs, user=None).update(name=ours)


def _group(name: str) -> Group:
    return Group.objects.get_or_create(name=name)[0]


def _named(rights: Mapping[str, Iterable[str]]) -> QuerySet[Permission]:
    wanted = Q(pk__in=[])
    for app_label, codenames in rights.items():
        wanted |= Q(content_type__app_label=app_label, codename__in=list(codenames))
    return Permission.objects.filter(wanted)


def _give(group: Group, *permissions: QuerySet[Permission]) -> None:
    """`add` inserts only what is not there yet."""
    group.permissions.add(*{permission for rights in permissions for permission in rights})


def _let_edit_pages(group: Group, page: Page) -> None:
    for permission in _named({"wagtailcore": PAGE_RIGHTS}):
        GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def _let_use_files(*groups: Group) -> None:
    collection = Collection.get_first_root_node()
    for app_label, codename in PICTURES_AND_DOCUMENTS:
        for permission in _named({app_label: (codename,)}):
            for group in groups:
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=collection, permission=permission
                )
