"""A browser that joins, for tests: it gets the page, fills in the form it was given, and sends it."""

from html.parser import HTMLParser

from django.test import Client

ALICE = {"first_name": "Alice", "last_name": "van Doorn", "email": "alice@uwo.ca", "level": "wits-member"}


class Form(HTMLParser):
    """The fields of the join form on a page, as a browser would send them."""

    def __init__(self, html):
        super().__init__()
        self.fields = {}
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = attrs.get("id") == "join-form"
        if tag == "input" and self.inside:
            kind = attrs.get("type", "text")
            if kind not in ("radio", "checkbox") or "checked" in attrs:
                self.fields[attrs["name"]] = attrs.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False


class Joiner:
    """One browser. `clock` is a time_machine traveller, so that nobody really waits two seconds."""

    def __init__(self, clock):
        self.client = Client(headers={"Sec-Fetch-Site": "same-origin"})
        self.clock = clock
        self.page = None

    def open(self, path="/join/"):
        self.page = self.client.get(path)
        return self.page

    def fields(self):
        return Form(self.page.content.decode()).fields

    def send(self, *, wait=5, **typed):
        """Fill in what is typed over what the page says, wait, and press the button."""
        self.clock.shift(wait)
        sent = {**self.fields(), **typed}
        sent = {name: value for name, value in sent.items() if value is not None}
        self.page = self.client.post("/membership/join/", sent)
        return self.page

    def join(self, **typed):
        self.open()
        return self.send(**{**ALICE, **typed})
