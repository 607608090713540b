"""The ticket beside an event: what it says and offers, in each of the states an event can be in."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from events import words
from events.seats import Seats
from events.ticket_words import TicketWords

if TYPE_CHECKING:
    from events.pages import EventPage


@dataclass(frozen=True)
class Ticket:
    """What `events/ticket.html` shows. `elsewhere` tells whether the button leads to another site."""

    title: str
    tag: str
    tag_colour: str = ""
    text: str = ""
    button: str = ""
    address: str = ""
    elsewhere: bool = False
    note: str = ""
    rows: list[tuple[str, str]] = field(default_factory=list)
    seats: Seats | None = None
    map_words: str = ""
    map_address: str = ""


def ticket_of(event: "EventPage", said: TicketWords, all_events: str) -> Ticket:
    """The ticket of `event` in the words that are `said`; `all_events` is the address of the list."""
    rows = [(words.COST, event.cost)] if event.cost else []
    if event.is_over:
        return Ticket(
            said.over_title,
            words.OVER,
            text=said.over_text,
            button=said.coming_button,
            address=all_events,
            rows=rows,
        )
    ticket = Ticket(said.come_title, event.tag, event.tag_colour, said.come_text, rows=rows, seats=event.seats)
    if event.sign_up_link:
        offer = replace(ticket, address=event.sign_up_link, elsewhere=True, note=said.seat_note)
        if event.is_full:
            return replace(offer, title=said.full_title, text=said.waiting_text, button=said.waiting_button)
        ticket = replace(offer, title=said.seat_title, text="", button=said.seat_button)
    elif event.is_full:
        return replace(
            ticket, title=said.full_title, text=said.full_text, button=said.coming_button, address=all_events
        )
    return replace(ticket, map_words=said.map_words, map_address=event.place_link)
