"""The list of accounts, for Owners: who may sign in, until when, and with what."""

from typing import Any, ClassVar, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.users.views import users

from desk.accounts import access, factors, invitations, words
from desk.accounts.errors import LastOwner
from desk.accounts.forms import PersonForm
from desk.groups import OWNER
from desk.models import User


def standing(user: User) -> str:
    """What an Owner needs to know of an account, in a few words."""
    if not user.is_active:
        return "Access ended"
    if not user.has_access:
        return "Access is over"
    if not factors.has_any(user):
        return "Waits for the invitation to be used"
    return "Signs in with two steps"


def name(user: User) -> str:
    return user.get_full_name() or user.username


class AccountsView(users.IndexView):
    """Everybody who can or could sign in."""

    page_title = "Accounts"
    add_item_label = "Invite somebody"

    @property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("name", accessor=name, label="Name", sort_key="name", get_url=self.get_edit_url),
            Column("email", label="Email", sort_key="email"),
            Column("position", accessor=lambda user: ", ".join(access.positions(user)) or "None", label="Position"),
            Column("standing", accessor=standing, label="Sign-in"),
            DateColumn("access_until", label="Last day", sort_key="access_until"),
            DateColumn("last_login", label="Last signed in", sort_key="last_login"),
        ]

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("groups")


class InviteView(users.CreateView):
    """Inviting somebody: the account can do nothing until they have set up both factors."""

    page_title = "Invite somebody"
    success_message = "Invited. The mail goes out within a minute; its button works once, for three days."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}

    def save_instance(self) -> User:
        user = access.add(self.form.person())
        invitations.invite(user, by=self.request.user)
        return user


class AccountView(users.EditView):
    """One account: what an Owner may change, invite anew, or end."""

    success_message = "Saved. If the position or the last day changed, they sign in anew."

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        refuse_above(request, self.object)
        self.can_delete = False

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("editing_self", None)
        return {**kwargs, "for_user": self.request.user}

    def form_valid(self, form: PersonForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except LastOwner:
            form.add_error(None, words.LAST_OWNER)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self) -> User:
        user = User.objects.get(pk=self.object.pk)
        access.change(user, self.form.person())
        return user

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        pk = [self.object.pk]
        context["account"] = {
            "standing": standing(self.object),
            "invite_url": reverse("wagtailusers_users:invite_again", args=pk),
            "end_url": reverse("wagtailusers_users:end", args=pk),
            "is_ended": not self.object.is_active,
        }
        return context


class Act(View):
    """What one button does to an account."""

    permission_policy: Any = None
    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.permission_policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        user = User.objects.filter(pk=kwargs["pk"]).first()
        if user is None:
            raise Http404
        refuse_above(request, user)
        return super().dispatch(request, user)


class InviteAgain(Act):
    """A new start: what this person signed in with ends now."""

    def post(self, request: HttpRequest, user: User) -> HttpResponse:
        invitations.invite(user, by=cast(User, request.user))
        messages.success(request, "A new invitation goes out within a minute. What they signed in with ended.")
        return redirect("wagtailusers_users:edit", user.pk)


class EndAccess(Act):
    """Ending access now."""

    def post(self, request: HttpRequest, user: User) -> HttpResponse:
        try:
            access.end(user)
        except LastOwner:
            messages.error(request, words.LAST_OWNER)
        else:
            messages.success(request, "Access ended. They are signed out everywhere.")
        return redirect("wagtailusers_users:edit", user.pk)


def refuse_above(request: HttpRequest, user: User) -> None:
    """Nobody changes an account that may do more than their own."""
    me = request.user
    if user.is_superuser and not me.is_superuser:
        raise PermissionDenied
    if user.groups.filter(name=OWNER).exists() and not (me.is_superuser or me.groups.filter(name=OWNER).exists()):
        raise PermissionDenied


def _nothing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Access is ended, not deleted: what somebody did keeps a name."""
    raise Http404


class AccountViewSet(users.UserViewSet):
    """Accounts, under Settings."""

    menu_label = "Accounts"
    template_prefix = ""
    edit_template_name = "desk/accounts/account.html"
    index_view_class = AccountsView
    add_view_class = InviteView
    edit_view_class = AccountView
    copy_view_enabled = False
    ordering: ClassVar[list[str]] = ["last_name", "first_name"]

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:
        return PersonForm

    @property
    def delete_view(self) -> Any:
        return _nothing

    def get_urlpatterns(self) -> list[URLPattern]:
        acts = {"invite_again": InviteAgain, "end": EndAccess}
        return [
            *super().get_urlpatterns(),
            *(
                path(f"{name}/<int:pk>/", act.as_view(permission_policy=self.permission_policy), name=name)
                for name, act in acts.items()
            ),
        ]
