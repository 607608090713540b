"""A free level: the mail with a link, and the button the link leads to."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from home.visitors import is_from_our_page
from membership import confirmations, lifecycle, links, words
from membership.errors import LinkRefused
from membership.models import Signup
from membership.views.answers import Extras, answer, keep_private, welcome_answer
from membership.views.visitor import own_signup, remember


@csrf_exempt  # it acts only on the signup that the browser's own cookie names, and only sends a mail
@require_http_methods(["GET", "HEAD", "POST"])
def check_your_mail(request: HttpRequest) -> HttpResponse:
    """Says where the link was sent, to the browser that asked for it; POST sends it once more."""
    signup = own_signup(request)
    if request.method == "POST":
        if signup is not None and is_from_our_page(request):
            confirmations.send_again(str(signup.uuid))
        return keep_private(HttpResponse(status=303, headers={"Location": f"{request.path}?again=1"}))
    if signup is not None and signup.state == Signup.State.COMPLETED:
        return keep_private(HttpResponseRedirect(reverse("membership:welcome")))
    waits = signup is not None and signup.state == Signup.State.UNCONFIRMED
    values = {"email": signup.email if signup is not None and waits else words.YOUR_ADDRESS}
    return answer(
        request,
        "check",
        Extras(values=values, context={"can_ask_again": waits, "asked_again": "again" in request.GET}),
    )


@csrf_exempt  # the token in the address is the secret that a CSRF token would be
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Where the mailed link leads. GET changes nothing, since mail scanners follow links; POST makes the member."""
    try:
        uuid, attempt = links.read_confirm_token(token)
        if request.method == "POST":
            signup = lifecycle.confirm_free(uuid, attempt)
            response = HttpResponse(status=303, headers={"Location": request.path})
            remember(response, signup)  # whoever holds the mailed link may be greeted by name
            return keep_private(response)
    except LinkRefused:
        return answer(request, "link", Extras(signup=own_signup(request)))
    found = Signup.objects.filter(uuid=uuid).first()
    if found is None or (found.attempt != attempt and found.state != Signup.State.COMPLETED):
        return answer(request, "link", Extras(signup=own_signup(request)))
    if found.state == Signup.State.COMPLETED:
        own = own_signup(request)
        return welcome_answer(request, own) if own is not None and own.pk == found.pk else answer(request, "others")
    return answer(request, "confirm")
