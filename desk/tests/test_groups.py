"""What each position may do."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.documents import permissions as documents
from wagtail.images import permissions as pictures
from wagtail.models import GroupApprovalTask, GroupCollectionPermission, GroupPagePermission

from desk.groups import EDITOR, EVENTS, OWNER, POSITIONS, TREASURER, ensure_groups
from desk.tests.staff import someone
from events.models import EventsIndexPage
from home.first_content import ensure_first_content

pytestmark = pytest.mark.django_db


def rights(name):
    pairs = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in pairs}


def test_making_the_groups_twice_changes_nothing():
    ensure_groups()
    before = {name: rights(name) for name in POSITIONS}
    pages, collections = GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count()

    ensure_groups()

    assert {name: rights(name) for name in POSITIONS} == before
    assert (GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count()) == (pages, collections)


def test_what_a_maintainer_added_to_a_group_stays():
    ensure_groups()
    group = Group.objects.get(name=EDITOR)
    group.permissions.add(*Group.objects.get(name=TREASURER).permissions.all())

    ensure_groups()

    assert rights(TREASURER) <= rights(EDITOR)


def test_an_editor_edits_content_and_sees_nobody():
    ensure_groups()
    given = rights(EDITOR)

    assert "wagtailadmin.access_admin" in given
    assert not [right for right in given if right.startswith(("membership.", "outbox.", "desk.", "auth."))]
    pages = GroupPagePermission.objects.filter(group__name=EDITOR, page__depth=1)
    assert {one.permission.codename for one in pages} >= {"add_page", "change_page", "publish_page"}


def test_the_events_position_edits_what_is_under_the_events_page_and_nothing_else():
    home, user = ensure_first_content(), someone(EVENTS)
    page = home.add_child(instance=EventsIndexPage(title="Events", slug="events-here"))

    assert rights(EVENTS) == {"wagtailadmin.access_admin"}
    assert page.permissions_for_user(user).can_add_subpage()
    assert not home.permissions_for_user(user).can_edit()
    assert pictures.permission_policy.user_has_permission(user, "add")


@pytest.mark.parametrize("position", [EDITOR, EVENTS, OWNER])
def test_whoever_edits_pages_uploads_changes_and_deletes_pictures_and_files(position):
    ensure_first_content()
    user = someone(position)
    for policy in (pictures.permission_policy, documents.permission_policy):
        assert all(policy.user_has_permission(user, action) for action in ("add", "change", "delete", "choose"))


def test_a_treasurer_uploads_nothing():
    ensure_first_content()
    assert not pictures.permission_policy.user_has_permission(someone(TREASURER), "add")


def test_a_treasurer_sees_members_and_money_and_edits_no_page():
    ensure_groups()
    given = rights(TREASURER)

    assert {"membership.view_member", "membership.change_member", "outbox.change_delivery"} <= given
    assert "membership.view_signup" in given
    assert not [right for right in given if "delete" in right or right.startswith(("desk.", "auth.", "home."))]
    assert not GroupPagePermission.objects.filter(group__name=TREASURER).exists()


def test_only_the_owner_may_change_accounts():
    ensure_groups()

    assert {name for name in POSITIONS if "desk.change_user" in rights(name)} == {OWNER}


def test_no_position_changes_positions_or_the_parts_of_the_site_and_loses_it_where_it_could():
    ensure_groups()
    owners = Group.objects.get(name=OWNER)
    too_much = ["change_group", "change_permission", "change_site", "add_member"]
    theirs = Permission.objects.filter(codename__in=too_much)
    owners.permissions.add(*theirs)
    assert theirs.count() == 4

    ensure_groups()

    for name in POSITIONS:
        given = rights(name)
        assert not [right for right in given if right.startswith("auth.")]
        assert not {"wagtailcore.change_site", "wagtailcore.add_collection", "membership.add_member"} & given


def test_nobody_makes_or_deletes_what_stripe_and_the_worker_write():
    ensure_groups()
    for name in POSITIONS:
        assert not {
            "membership.add_member",
            "membership.delete_member",
            "membership.change_signup",
            "membership.delete_stripeevent",
            "outbox.delete_delivery",
        } & rights(name)


def test_an_owner_is_no_superuser():
    owner = someone("Owner")

    assert not owner.is_superuser
    assert not owner.is_staff


def test_wagtails_own_groups_become_ours_while_nobody_is_in_them():
    Group.objects.filter(name__in=[EDITOR, TREASURER, OWNER]).delete()
    Group.objects.create(name="Editors")
    moderators = Group.objects.create(name="Moderators")
    task = GroupApprovalTask.objects.create(name="Approval")
    task.groups.add(moderators)

    ensure_groups()

    assert set(Group.objects.values_list("name", flat=True)) == set(POSITIONS)
    assert [group.name for group in task.groups.all()] == [OWNER]


def test_a_group_somebody_is_in_is_left_alone(django_user_model):
    Group.objects.filter(name__in=[EDITOR, TREASURER, OWNER]).delete()
    theirs = Group.objects.create(name="Editors")
    django_user_model.objects.create_user("someone").groups.add(theirs)

    ensure_groups()

    assert Group.objects.filter(name="Editors").exists()
    assert Group.objects.filter(name=EDITOR).exists()
