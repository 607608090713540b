"""Cases: what waits for a person. Opened once, told once, settled by an executive or by the facts themselves."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from membership import troubles
from membership.models import Case, Member, Payment, Signup


class AlreadySettled(Exception):
    """Somebody (or the facts) settled the case before. `case` says who, when and how."""

    def __init__(self, case: Case) -> None:
        super().__init__("This was settled already.")
        self.case = case


def follow(
    kind: str,
    key: str,
    *,
    is_open: bool,
    words: str,
    signup: Signup | None = None,
    payment: Payment | None = None,
    member: Member | None = None,
    other_member: Member | None = None,
    stripe_object_id: str = "",
    hubspot_contact_id: str = "",
    due_by: datetime | None = None,
    is_graver: bool = False,
) -> Case | None:
    """Let the case of that key be as the facts are. Returns it where a person is to be told: it is new, it is open
    again, its deadline has moved, or it has become another matter (`is_graver`).

    What a person settled stays settled, but for such news, which they did not know. In the caller's transaction,
    where there can be under its lock on the signup or the member.
    """
    case = _locked(key)
    if case is None:
        if not is_open:
            return None
        new = Case(
            kind=kind,
            key=key,
            words=words,
            signup=signup,
            payment=payment,
            member=member,
            other_member=other_member,
            stripe_object_id=stripe_object_id,
            hubspot_contact_id=hubspot_contact_id,
            due_by=due_by,
        )
        if _insert(new):
            return new
        case = _locked(key)  # another transaction, which had nothing to lock either, was first
    if case is None or not is_open:
        if case is not None and case.is_open:
            _write(case, Case.Settlement.BY_ITSELF)
        return None
    is_news = is_graver or (due_by is not None and due_by != case.due_by)
    if not (case.is_open or is_news or case.settlement == Case.Settlement.BY_ITSELF):
        return None
    is_news = is_news or not case.is_open
    case.reopened += not case.is_open
    case.words, case.due_by = words, due_by
    case.settled_at, case.settled_by, case.settlement = None, None, ""
    case.save()
    return case if is_news else None


def settle(pk: int, *, by: object, how: str, note: str = "") -> Case:
    """An executive (`by`, a user) has decided: `how` is a `Case.Settlement`.

    Raises AlreadySettled and Case.DoesNotExist.
    In one transaction under a lock on the case, so that of two executives one is told that the other was first.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).get(pk=pk)
        if not case.is_open:
            raise AlreadySettled(case)
        _write(case, how, by=by, note=note)
    return case


def paid_for_nothing_known(session_id: str) -> None:
    """Open the case of a payment that carries our mark, but whose signup is not here. In the caller's transaction."""
    case = follow(
        Case.Kind.UNKNOWN,
        f"unknown:{session_id}",
        is_open=True,
        words=f"A payment arrived for a join form that is not on this site. Stripe calls its session {session_id}.",
        stripe_object_id=session_id,
    )
    if case is not None:
        troubles.paid_for_nothing_known(case, session_id)


def open_cases(signup: Signup) -> list[Case]:
    """What of this signup waits for a person."""
    return list(signup.cases.filter(settled_at=None).order_by("pk"))


def _locked(key: str) -> Case | None:
    return Case.objects.select_for_update(of=("self",)).filter(key=key).first()


def _insert(case: Case) -> bool:
    """Whether the case was new; else nothing was written, and the caller's transaction goes on."""
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _write(case: Case, how: str, *, by: object = None, note: str = "") -> None:
    case.settled_at, case.settlement, case.note = timezone.now(), how, note
    case.settled_by = by  # type: ignore[assignment]
    case.save()
