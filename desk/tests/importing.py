"""A list of members on its way in, for tests."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import strip_tags

from membership.imports import running, telling
from membership.models import Import
from outbox.models import Delivery

URL = "/admin/members/import/"
CSV = """First name,Last name,Email,Level,Since,Until
Mary Anne,van Dyk,mary@uwo.example,WITS member,2026-09-21,2027-04-30
Known,Already,known@uwo.example,WITS member,2026-09-01,2027-04-30
Longer,Now,LONGER@uwo.example,wits-member,2026-09-01,2028-04-30
,,nobody@uwo.example,WITS member,,
Bad,Address,no address,WITS member,,
Mary,Twice,Mary@uwo.example,WITS member,,
Wrong,Level,wrong@uwo.example,Gold,,
Wrong,Day,day@uwo.example,WITS member,,31/12/2027
"""


def uploaded(client, text=CSV):
    response = client.post(URL, {"file": SimpleUploadedFile("list.csv", text.encode())})
    assert response.status_code == 302, response.context["upload"].errors
    return response.url


def imported(client, url):
    client.post(url, {"do": "import"})
    for delivery in Delivery.objects.filter(kind="import.members").exclude(state="done"):
        running.run(delivery)
    for delivery in Delivery.objects.filter(kind="import.tell"):
        telling.tell(delivery)
    return Import.objects.latest("pk")


def words_of(response):
    """What stands on the page, without its tags."""
    return " ".join(strip_tags(response.content.decode()).split())
