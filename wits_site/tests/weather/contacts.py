"""What happens in HubSpot."""

from typing import Any

from wits_site.tests.weather.people import PEOPLE
from wits_site.tests.weather.surroundings import Surroundings


class Contacts(Surroundings):
    def unsubscribe(self, person: int) -> None:
        """The person unsubscribes in a newsletter of HubSpot's."""
        self.act(f"/contacts/{self._contact(person)['id']}/unsubscribe", 200)
        self.unsubscribed.add(PEOPLE[person])

    def scribble(self, person: int, name: str, value: str) -> None:
        """Somebody changes in HubSpot what is not theirs to change."""
        row = self._contact(person)
        with self.state.change():
            self.state["contact"].put({**row, "properties": {**row["properties"], name: value}})

    def delete_contact(self, person: int) -> None:
        """Somebody deletes the contact, whose unsubscribing, if any, was heard of before: else it is lost with it."""
        row = self._contact(person)
        self.post.night()
        self.act(f"/contacts/{row['id']}/delete", 200)
        self.deleted.add(PEOPLE[person])

    def _contact(self, person: int) -> dict[str, Any]:
        """The person's contact, once the site has heard of all there is and told HubSpot."""
        self.hear_all_of(PEOPLE[person])
        self.post.work()
        contact = self.state["contact"].first("email", PEOPLE[person].key)
        assert contact is not None, "a member has no contact in HubSpot"
        return contact
