"""The Flask application: both vendors' APIs, the payment page and the pages for people."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask, Response, send_from_directory

from sandbox import bank, contacts, old_site, pages, pay, post
from sandbox.calls import Breaking, before_call
from sandbox.hubspot_api import properties
from sandbox.hubspot_api import routes as hubspot
from sandbox.state import State
from sandbox.stripe_api import events
from sandbox.stripe_api import routes as stripe
from sandbox.webhooks import Sender

FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"
TORONTO = ZoneInfo("America/Toronto")


def prepare(state: State) -> None:
    """What exists before anyone calls: the preset endpoint and HubSpot's own properties."""
    events.ensure_preset(state)
    properties.ensure_built_in(state)


def create_app(state: State, sender: Sender | None = None) -> Flask:
    """The application around a state. Without a started sender, deliveries are recorded and wait."""
    app = Flask("sandbox")
    app.json.sort_keys = False  # type: ignore[attr-defined]
    state.on_reset = lambda: prepare(state)
    prepare(state)
    old_site.put_in_order(state)

    @app.before_request
    def before() -> Response | None:
        return before_call(state)

    app.register_blueprint(stripe.blueprint(state), url_prefix="/stripe")
    app.register_blueprint(hubspot.blueprint(state), url_prefix="/hubspot")
    app.register_blueprint(pay.blueprint(state))
    app.register_blueprint(bank.blueprint(state))
    app.register_blueprint(contacts.blueprint(state))
    sender = sender or Sender(state)
    app.register_blueprint(post.blueprint(state, sender))
    app.register_blueprint(pages.blueprint(state, sender))

    @app.get("/fonts/<name>")
    def font(name: str) -> Response:
        """The club's fonts, where the site keeps them; without them the pages use the system's."""
        return send_from_directory(FONTS, name)

    app.add_template_filter(_clock, "clock")
    app.add_template_filter(_card, "card")
    app.add_template_filter(_money, "money")
    app.jinja_env.globals["site"] = state.site
    app.wsgi_app = Breaking(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _clock(moment: float) -> str:
    """A moment in Toronto, as people read it."""
    return datetime.fromtimestamp(moment, TORONTO).strftime("%d %b %H:%M:%S")


def _money(cents: int, currency: str = "cad") -> str:
    return f"${cents / 100:,.2f} {currency.upper()}"


def _card(digits: str) -> str:
    """The number in groups of four, as it stands on a card."""
    return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))
