"""What answers while somebody joins. Each view reads the request, calls one service, and answers with words of the
join page."""

from membership.views.confirming import check_your_mail, confirm
from membership.views.returning import cancelled, welcome
from membership.views.starting import join, join_page_redirect

__all__ = ["cancelled", "check_your_mail", "confirm", "join", "join_page_redirect", "welcome"]
