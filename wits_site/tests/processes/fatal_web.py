"""The site for gunicorn, but a request's `X-Die` header names the point at which its process is killed.

The points are patched in here, so that the site itself knows nothing of them.
"""

import os
import signal

from wits_site.wsgi import application as site  # sets Django up, so it comes first

from membership import inbox  # isort: skip

POINTS = ("after verify", "before commit", "after commit before the answer")
doomed = ""


def die_at(point):
    if doomed == point:
        os.kill(os.getpid(), signal.SIGKILL)


def receive(event, as_it_is=inbox.receive):
    die_at("after verify")
    outcome = as_it_is(event)
    die_at("after commit before the answer")
    return outcome


def work(row, event, as_it_is=inbox._work):
    outcome = as_it_is(row, event)
    die_at("before commit")
    return outcome


inbox.receive = receive
inbox._work = work


def application(environ, start_response):
    global doomed
    doomed = environ.get("HTTP_X_DIE", "")
    return site(environ, start_response)
