"""One of everything that an address of the admin can speak of."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Collection, Page, Site, Task, Workflow

from desk.groups import EDITOR, ensure_groups
from desk.models import User
from desk.tests.staff import with_app
from events.tests.factories import EventPageFactory, the_events_page
from home.broken_links.records import Link
from home.forms.records import Answer, AnswerFile
from home.models import PartnerTier, PastSpeaker, SiteSettings, StoryTag, TakeDown
from home.tests.factories import (
    AlbumPageFactory,
    AlbumsPageFactory,
    FormPageFactory,
    PartnerFactory,
    PictureFactory,
    RoleFactory,
    StandardPageFactory,
)
from membership.models import MembershipSettings
from membership.tests.factories import CaseFactory, MembershipFactory, PerkFactory, StripeEventFactory
from outbox.mail_texts import ensure_mail_texts
from outbox.models import Alert, Delivery, MailSettings, MailText


@dataclass(frozen=True)
class Review:
    """A page whose last version waits for a second look."""

    page: int
    state: int
    step: int
    task: int
    workflow: int

    @classmethod
    def of(cls, page: Page, by: User) -> "Review":
        page.save_revision(user=by)
        state = page.get_workflow().start(page, by)
        step = state.current_task_state
        return cls(page.pk, state.pk, step.pk, step.task_id, state.workflow_id)


@dataclass(frozen=True)
class Sort:
    """One sort of page: one that was changed since its first version, and one that waits."""

    page: Page
    above: Page
    revision: int
    review: Review

    @classmethod
    def of(cls, factory: Any, by: User) -> "Sort":
        page = factory()
        first = page.save_revision(user=by)
        first.publish()
        page.save_revision(user=by).publish()
        return cls(page, page.get_parent(), first.pk, Review.of(factory(), by))


class Ground:
    """Rows by the beginning of the addresses that speak of them."""

    def __init__(self) -> None:
        the_events_page()
        ensure_groups()
        somebody = User.objects.create_user("somebody@wits.example", "somebody@wits.example", "not-a-real-password")
        somebody.groups.add(Group.objects.get(name=EDITOR))
        with_app(somebody)
        factories = {"a page": StandardPageFactory, "an event": EventPageFactory}
        self.sorts = {name: Sort.of(factory, somebody) for name, factory in factories.items()}
        membership = MembershipFactory()
        payment = membership.signup.payments.get()
        ensure_mail_texts()
        form = FormPageFactory(title="Apply")
        answer = Answer.objects.create(form=form, key="one", given=[], delete_on=timezone.localdate())
        file = AnswerFile(answer=answer, question="say_it", name="page.pdf", size=8)
        file.file.save("page.pdf", ContentFile(b"%PDF-1.7"))
        picture = PictureFactory(collection=Collection.get_first_root_node())
        album = AlbumPageFactory(index=AlbumsPageFactory(), title="The picnic", photos=[(picture, "")])
        document = Document.objects.create(title="Minutes", file=ContentFile(b"%PDF-1.7", name="minutes.pdf"))
        role = RoleFactory()
        rows: dict[str, Any] = {
            "alerts": Alert.objects.create(kind="payment.case", key="a", what="A payment does not add up."),
            "answers": answer,
            "answers/file": file,
            "api/main/^documents": document,
            "api/main/^images": picture,
            "api/main/^pages": self.sorts["a page"].page,
            "cases": CaseFactory(signup=membership.signup, payment=payment),
            "collections": Collection.get_first_root_node().add_child(name="Minutes"),
            "deliveries": Delivery.objects.create(kind="hubspot.contact", key="k", channel="hubspot"),
            "documents": document,
            "forms/submissions": form,
            "groups": Group.objects.get(name=EDITOR),
            "images": picture,
            "levels": membership.level,
            "mail-texts": MailText.objects.order_by("pk")[0],
            "members": membership.member,
            "perks": PerkFactory(),
            "redirects": Redirect.objects.create(old_path="/old", redirect_link="https://wits.example/new"),
            "reports/broken-links": Link.objects.create(key="k", address="page:999999", state="broken"),
            "signups": membership.signup,
            "signups/payments": payment,
            "sites": Site.objects.get(),
            "stripe-events": StripeEventFactory(signup=membership.signup),
            "taken-down": TakeDown.objects.create(picture=picture, album=album),
            "users": somebody,
            "workflows": Workflow.objects.order_by("pk")[0],
            "workflows/tasks": Task.objects.order_by("pk")[0],
            "workflows/task_chooser": Task.objects.order_by("pk")[0],
        }
        snippets = {
            "partner": PartnerFactory(),
            "partnertier": PartnerTier.objects.create(name="Gold"),
            "pastspeaker": PastSpeaker.objects.create(name="Grace", year=2026, picture=picture),
            "person": role.person,
            "portfolio": role.portfolio,
            "role": role,
            "storytag": StoryTag.objects.create(name="Maths", slug="maths"),
        }
        for name, row in snippets.items():
            rows[f"snippets/home/{name}"] = rows[f"snippets/choose/home/{name}"] = row
        self.settings = [
            (model._meta.app_label, model._meta.model_name, model.load().pk)
            for model in (SiteSettings, MembershipSettings, MailSettings)
        ]
        self.rows = {beginning: row.pk for beginning, row in rows.items()}

    def row(self, route: str) -> Any:
        """What the address speaks of: the longest beginning knows it best; 1 where nothing does."""
        fitting = [beginning for beginning in self.rows if route.startswith(f"{beginning}/")]
        return self.rows[max(fitting, key=len)] if fitting else 1

    def of_kind(self, kind: str) -> Any:
        """One of what an address of a kind of thing speaks of."""
        known = {
            "bulk/wagtailcore/page/": self.sorts["an event"].page.pk,
            "bulk/home/picture/": self.row("images/"),
            "bulk/wagtaildocs/document/": self.row("documents/"),
            "bulk/home/partner/": self.row("snippets/home/partner/"),
            "editing-sessions/ping/home/role/": self.row("snippets/home/role/"),
            "editing-sessions/ping/events/": self.sorts["an event"].page.pk,
            "guide/": "mend-a-broken-link",
        }
        return next((row for beginning, row in known.items() if kind.startswith(beginning)), "")
