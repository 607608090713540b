"""What the join form is sent to."""

import hashlib
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from home.visitors import client_address, is_from_our_page
from membership import joining, words
from membership.addresses import email_key
from membership.errors import JoiningClosed, JoiningLimited, LevelClosed, PriceChanged, TransportError
from membership.forms import JoinForm, price_changed
from membership.joining import JoinData, Next, Started
from membership.offers import read_seen_prices, todays_offers
from membership.views.answers import form_answer, join_page, keep_private
from membership.views.visitor import remember


@require_safe
def join_page_redirect(request: HttpRequest) -> HttpResponse:
    """The old address of the membership page leads to wherever the join page is now."""
    page = join_page()
    if not page.live or not page.url:
        raise Http404("There is no join page.")
    return HttpResponseRedirect(page.url)


# The form carries a signed nonce in place of Django's token, and uses no session: see
# docs/decisions/0002-the-join-form-has-no-csrf-token.md.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Begin to join: 303 to Stripe's page or to "check your mail", or the form again with what is to be put right.

    422: something to correct. 409: joining is closed. 429: too many were not paid lately (see
    `membership.limits`). 503: Stripe does not answer; sending the same form again goes on where it stopped.
    """
    if request.method != "POST":
        return join_page_redirect(request)
    form = JoinForm(request.POST, offers=todays_offers())
    if not join_page().live or not form.offers.levels:
        return form_answer(request, form, status=409)
    if not is_from_our_page(request):
        form.add_error(None, words.NOT_FROM_HERE)
    if not form.is_valid():
        return form_answer(request, form)
    try:
        started = _start(_join_data(request, form))
    except JoiningClosed:
        return form_answer(request, JoinForm(request.POST, offers=todays_offers()), status=409)
    except (LevelClosed, PriceChanged):
        return form_answer(request, _form_with_todays_offers(request, form))
    except JoiningLimited as error:
        return form_answer(request, form, status=429, trouble="limited", retry_after=error.retry_after)
    except TransportError:
        return form_answer(request, form, status=503, trouble="away", retry_after=60)
    response = _on_to(started)
    remember(response, started.signup)
    return keep_private(response)


def _join_data(request: HttpRequest, form: JoinForm) -> JoinData:
    typed = form.cleaned_data
    return JoinData(
        nonce=typed["nonce"],
        level=typed["level"],
        price_seen=read_seen_prices(typed["price_seen"])[typed["level"]],
        first_name=typed["first_name"],
        last_name=typed["last_name"],
        email=typed["email"],
        newsletter=typed["newsletter"],
        newsletter_text=join_page().newsletter_consent if typed["newsletter"] else "",
        client_address=client_address(request),
    )


def _start(data: JoinData) -> Started:
    """Begin, and begin anew where the same form has already made somebody else a member.

    At a booth, one tablet's form is sent back and filled in by the next person.
    """
    started = joining.start(data)
    if started.next == Next.NOTHING and started.signup.email_key != email_key(data.email):
        digest = hashlib.sha256(f"{data.nonce} {email_key(data.email)}".encode()).hexdigest()
        return joining.start(replace(data, nonce=digest))
    return started


def _on_to(started: Started) -> HttpResponse:
    if started.next == Next.PAY:
        url = started.url
    elif started.next == Next.CONFIRM:
        url = reverse("membership:check-your-mail")
    else:
        url = reverse("membership:welcome")
    return HttpResponse(status=303, headers={"Location": url})


def _form_with_todays_offers(request: HttpRequest, form: JoinForm) -> JoinForm:
    """The same form beside levels and prices as they are now: they changed while it was being looked at."""
    fresh = JoinForm(request.POST, offers=todays_offers())
    if fresh.is_valid():
        offer = fresh.offers.find(fresh.cleaned_data["level"])
        fresh.add_error("level", price_changed(offer) if offer else words.LEVEL_CLOSED)
    return fresh
