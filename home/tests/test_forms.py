"""Forms that executives build, as visitors meet them."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from wagtail.models import PageViewRestriction

from home.forms import stamps, words
from home.forms.limits import ANSWERS_AN_HOUR, GRACE
from home.forms.making import Asked
from home.forms.records import Answer, AnswerFile
from home.tests.factories import FormPageFactory
from home.tests.markup import breaches
from home.tests.queries import queries_of
from outbox.models import Delivery

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n"
SAID = {"your_name": "Zoë O’Hara", "your_email": "zoe@example.com", "say_it": "Two\nlines"}


@pytest.fixture
def form(home):
    return FormPageFactory(title="Tell us")


def minutes_ago(page, minutes=1):
    return {"form-stamp": stamps.issue(page.pk, timezone.now() - timedelta(minutes=minutes))}


def send(client, page, given=SAID, **more):
    return client.post(f"/answers/{page.pk}/", {**minutes_ago(page), **given, **more})


def test_a_form_shows_its_questions_and_says_what_becomes_of_the_answers(client, form):
    response = client.get(form.url)
    html = response.content.decode()
    assert breaches(html) == []
    for label in ("Your name", "Your email", "Say it"):
        assert label in html
    assert words.WHO_READS in html
    assert words.DELETED in html
    assert response["Cache-Control"] == "private, no-cache"
    assert not response.cookies
    assert "csrf" not in html
    queries_of(client, form.url)


def test_an_answer_is_kept_and_thanked_for(client, form):
    response = send(client, form)
    assert (response.status_code, response["Location"]) == (303, f"/answers/{form.pk}/thanks/")
    answer = Answer.objects.get()
    assert answer.lines == [("Your name", "Zoë O’Hara"), ("Your email", "zoe@example.com"), ("Say it", "Two\nlines")]
    assert (answer.name, answer.email, answer.read_at, answer.is_late) == (
        "Zoë O’Hara",
        SAID["your_email"],
        None,
        False,
    )
    assert answer.delete_on == timezone.localdate() + timedelta(days=form.keep_days)
    thanks = client.get(response["Location"])
    assert form.thanks_title in thanks.content.decode()
    assert "Zoë" not in thanks.content.decode()
    assert "noindex" in thanks["X-Robots-Tag"]
    assert not response.cookies


def test_a_second_press_makes_no_second_answer_but_a_corrected_one_does(client, form):
    stamp = minutes_ago(form)
    for _ in range(3):
        assert client.post(f"/answers/{form.pk}/", {**SAID, **stamp}).status_code == 303
    assert Answer.objects.count() == 1
    assert Delivery.objects.filter(kind="forms.thanks").count() == 1
    client.post(f"/answers/{form.pk}/", {**SAID, **stamp, "say_it": "I meant three."})
    assert Answer.objects.count() == 2


def test_what_is_wrong_is_said_and_nothing_that_was_typed_is_lost(client, form):
    response = send(client, form, your_name="", your_email="zoe@")
    html = response.content.decode()
    assert response.status_code == 422
    assert breaches(html) == []
    assert "Two\nlines</textarea>" in html
    assert 'value="zoe@"' in html
    assert words.WRONG_EMAIL in html
    assert words.NO_ANSWER.format(question="Your name") in html
    assert words.MANY_PROBLEMS.format(count=2) in html
    assert f"<title>{words.ERROR_IN_TITLE}Tell us" in html
    assert not Answer.objects.exists()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"form-website": "https://buy.example"}, words.TRAP_FILLED),
        ({"form-stamp": "made up"}, words.PAGE_TOO_OLD),
        ({"say_it": "x" * 10_001}, words.TOO_LONG.format(count=10_001, most=10_000)),
    ],
)
def test_programs_and_too_much_are_refused_with_words(client, form, more, said):
    response = send(client, form, **more)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert "zoe@example.com" in response.content.decode()
    assert not Answer.objects.exists()


def test_a_form_that_is_sent_back_at_once_needs_one_more_press(client, form):
    stamp = {"form-stamp": stamps.issue(form.pk)}
    first = client.post(f"/answers/{form.pk}/", {**SAID, **stamp})
    assert first.status_code == 422
    assert words.TOO_FAST in first.content.decode()
    assert stamp["form-stamp"] in first.content.decode(), "the same form, so that waiting is enough"


def test_a_stamp_of_another_form_or_of_last_week_is_none(client, form):
    other = FormPageFactory()
    for stamp in (minutes_ago(other), minutes_ago(form, 60 * 24 * 7)):
        response = client.post(f"/answers/{form.pk}/", {**SAID, **stamp})
        assert words.PAGE_TOO_OLD in response.content.decode()
        assert stamp["form-stamp"] not in response.content.decode()
    assert not Answer.objects.exists()


def test_a_form_of_another_site_is_refused(client, form):
    response = client.post(
        f"/answers/{form.pk}/", {**SAID, **minutes_ago(form)}, headers={"sec-fetch-site": "cross-site"}
    )
    assert words.NOT_FROM_HERE in response.content.decode()
    assert not Answer.objects.exists()


def test_more_than_people_send_from_one_place_is_refused_and_the_place_is_not_written_down(client, form):
    send(client, form)
    answer = Answer.objects.get()
    assert answer.client
    assert "127.0.0.1" not in str(vars(answer))
    rows = [
        Answer(form=form, key=str(n), client=answer.client, delete_on=answer.delete_on)
        for n in range(1, ANSWERS_AN_HOUR)
    ]
    Answer.objects.bulk_create(rows)
    response = send(client, form, say_it="One more")
    assert response.status_code == 429
    assert words.TOO_MANY in response.content.decode()
    assert "One more" in response.content.decode()
    assert send(client, form, REMOTE_ADDR="10.9.8.7").status_code == 429, "a field of that name changes nothing"
    elsewhere = client.post(f"/answers/{form.pk}/", {**SAID, **minutes_ago(form)}, REMOTE_ADDR="10.9.8.7")
    assert elsewhere.status_code == 303


def test_it_opens_and_closes_by_itself(client, form, time_machine):
    now = timezone.now()
    form.opens_at, form.closes_at = now + timedelta(hours=1), now + timedelta(hours=2)
    form.save()
    for hours, shown, hidden in ((0, "before_title", "closed_title"), (3, "closed_title", "before_title")):
        time_machine.move_to(now + timedelta(hours=hours))
        html = client.get(form.url).content.decode()
        assert getattr(form, shown) in html
        assert getattr(form, hidden) not in html
        assert "<form" not in html.split("<main")[1]
    time_machine.move_to(now + timedelta(minutes=90))
    assert 'name="say_it"' in client.get(form.url).content.decode()
    time_machine.move_to(now)
    assert send(client, form).status_code == 410
    assert not Answer.objects.exists()


def test_who_began_before_the_deadline_may_still_send_theirs_for_a_while(client, form):
    form.closes_at = timezone.now() - timedelta(minutes=5)
    form.save()
    assert send(client, form, **minutes_ago(form, 20)).status_code == 303
    assert Answer.objects.get().is_late is True
    assert send(client, form, {**SAID, "say_it": "Later"}, **minutes_ago(form, 2)).status_code == 410
    assert Answer.objects.count() == 1


def test_who_is_too_late_gets_their_words_back(client, form):
    form.closes_at = timezone.now() - GRACE - timedelta(minutes=1)
    form.save()
    response = send(client, form, say_it="<b>An hour of work</b>", **minutes_ago(form, 50))
    html = response.content.decode()
    assert response.status_code == 410
    assert "we could not take your answer" in html
    assert "&lt;b&gt;An hour of work&lt;/b&gt;" in html
    assert "zoe@example.com" in html
    assert "no-store" in response["Cache-Control"]
    assert not Answer.objects.exists()


def test_a_form_taken_off_the_site_while_somebody_writes_gives_the_words_back_too(client, form):
    form.unpublish()
    response = send(client, form)
    assert (response.status_code, "Two<br>lines" in response.content.decode()) == (410, True)
    assert client.get(f"/answers/{form.pk}/").status_code == 404


def test_a_form_kept_for_some_takes_nothing_from_others(client, form):
    restriction = {"restriction_type": PageViewRestriction.PASSWORD, "password": "tea"}
    PageViewRestriction.objects.create(page=form, **restriction)
    assert send(client, form).status_code == 404
    assert client.get(f"/answers/{form.pk}/thanks/").status_code == 404
    assert client.get("/answers/999/").status_code == 404


def test_the_address_a_form_is_sent_to_leads_to_the_form(client, form):
    assert client.get(f"/answers/{form.pk}/")["Location"] == form.url


EVERYTHING = [
    Asked("Name", "name"),
    Asked("Mail", "email"),
    Asked("Where", "radio", choices=("Here", "There, far away")),
    Asked("Which", "dropdown", choices=("One", "Two")),
    Asked("All", "checkboxes", choices=("Tea", "Cake", "Code")),
    Asked("I agree", "checkbox"),
    Asked("How many", "number", required=False),
    Asked("When", "date", required=False),
    Asked("Site", "url", required=False),
    Asked("File", "file", required=False, hint="Your résumé."),
    Asked("🎉", required=False),
]
RIGHT = {
    "name": "A",
    "mail": "a@b.ca",
    "where": "There, far away",
    "which": "Two",
    "all": ["Tea", "Code"],
    "i_agree": "yes",
}


def test_every_kind_of_answer_is_asked_for_and_kept(client, home):
    page = FormPageFactory(questions=EVERYTHING)
    html = client.get(page.url).content.decode()
    assert breaches(html) == []
    assert "multipart/form-data" in html
    response = send(client, page, RIGHT, how_many="2.50", when="2026-11-30", site="example.com")
    assert response.status_code == 303, response.content.decode()
    lines = dict(Answer.objects.get().lines)
    assert (lines["Where"], lines["All"], lines["I agree"]) == ("There, far away", "Tea, Code", words.YES)
    assert (lines["How many"], lines["When"], lines["Site"]) == ("2.50", "2026-11-30", "https://example.com")


def test_a_wrong_choice_is_refused_and_the_right_ones_stay_chosen(client, home):
    page = FormPageFactory(questions=EVERYTHING)
    response = send(client, page, {**RIGHT, "which": "Three", "i_agree": ""}, how_many="many", when="tomorrow")
    html = response.content.decode()
    assert response.status_code == 422
    for said in (words.NO_CHOICE.format(question="Which"), words.NO_TICK.format(question="I agree")):
        assert said in html
    assert words.WRONG_NUMBER in html
    assert words.WRONG_DAY in html
    assert html.count(" checked") == 3


def test_a_file_is_kept_where_no_address_leads(client, home):
    page = FormPageFactory(questions=EVERYTHING)
    name = "../../" + LONG * 3 + ".pdf"
    assert send(client, page, RIGHT, file=SimpleUploadedFile(name, PDF)).status_code == 303
    file = AnswerFile.objects.get()
    assert file.file.read() == PDF
    assert file.file.name.startswith("answers/")
    assert LONG not in file.file.name
    assert file.name.endswith(".pdf")
    assert len(file.name) <= 120
    with pytest.raises(ValueError, match="No address"):
        _ = file.file.url
    assert client.get(f"/media/{file.file.name}").status_code == 404


def test_a_photo_is_written_anew(client, home):
    page = FormPageFactory(questions=EVERYTHING)
    written = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(written, "JPEG", comment=b"taken at home")
    send(client, page, RIGHT, file=SimpleUploadedFile("me.jpeg", written.getvalue()))
    assert b"taken at home" not in AnswerFile.objects.get().file.read()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<script>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("cv.pdf", b"<script>alert(1)</script>"),
        ("photo.jpg", PDF),
        ("cv", PDF),
        ("cv.pdf.exe", PDF),
    ],
)
def test_other_files_are_refused_with_words_and_the_answer_stays(client, home, name, content):
    page = FormPageFactory(questions=EVERYTHING)
    response = send(client, page, RIGHT, file=SimpleUploadedFile(name, content))
    assert response.status_code == 422
    assert 'value="a@b.ca"' in response.content.decode()
    assert words.FILES_AGAIN in response.content.decode()
    assert not AnswerFile.objects.exists()


def test_the_longest_words_do_not_break_it(client, home):
    page = FormPageFactory(title=LONG, questions=[Asked(LONG), Asked(LONG + " 2", "radio", choices=(LONG, "B"))])
    assert breaches(client.get(page.url).content.decode()) == []
