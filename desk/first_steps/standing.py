"""How far somebody is: which steps are left, and whether all of it can go away."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser

from desk.first_steps.known import Known
from desk.first_steps.steps import SLUGS, STEPS, Step
from desk.models import FirstStep, User

# Remembered once nothing is left, so that no step comes back when a picture is deleted or somebody leaves.
ALL = "all"
RIGHT = "desk.change_firststep"


def left(known: Known) -> list[Step]:
    """The steps that somebody has yet to do; none once all have been over."""
    return list(_left(known))


def _left(known: Known) -> Iterator[Step]:
    """One after the other: whoever wants to know only whether there is one asks the database no further."""
    if ALL not in known.rows:
        yield from (step for step in STEPS if not step.is_over(known))


def are_for(user: User | AnonymousUser) -> bool:
    """Whether this user is led through them: an Owner, while something is left."""
    return user.has_perm(RIGHT) and any(_left(Known()))


def close_when_done() -> None:
    """Remember that nothing is left. The worker does so every hour; most of the time it asks once."""
    if not FirstStep.objects.filter(slug=ALL).exists() and not left(Known()):
        put_aside(ALL)


def put_aside(slug: str) -> None:
    """It may stay as it is. Raises KeyError for what is no step."""
    _keep(slug, put_aside=True)


def take_up_again(slug: str) -> None:
    """The step is to be done after all. Raises KeyError for what is no step."""
    _keep(slug, put_aside=False)


def found(slug: str, *lines: str, done: bool) -> None:
    """What a partner or a mailbox said about it, and whether that settles it. Raises KeyError for what is no step."""
    _keep(slug, found="\n".join(lines), is_done=done)


def _keep(slug: str, **values: object) -> None:
    if slug not in SLUGS | {ALL}:
        raise KeyError(slug)
    FirstStep.objects.update_or_create(slug=slug, defaults=values)
