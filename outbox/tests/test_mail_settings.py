"""What stands at the foot of every mail to members is the club's to say, and cannot be said wrongly."""

import pytest
from django.core.exceptions import ValidationError

from outbox.admin.mail_texts import MailTextForm
from outbox.mails import Words, mail_kind, render
from outbox.models import MailSettings, MailText

pytestmark = pytest.mark.django_db


def foot_of(welcome, **settings):
    club = MailSettings.load()
    for name, value in settings.items():
        setattr(club, name, value)
    club.save()
    words = Words(welcome.subject, welcome.body, welcome.button)
    return render(mail_kind(welcome.key), words, dict(welcome.variables), "https://wits.example/")


def test_why_somebody_gets_a_mail_is_said_in_the_clubs_words(welcome):
    mail = foot_of(welcome, reason="You joined [WITS]({site}), & we are <glad>.")
    assert "You joined WITS (http://testserver), & we are <glad>." in mail.text
    assert ">WITS</a>, &amp; we are &lt;glad&gt;." in mail.html
    assert "because of what you did" not in mail.html + mail.text


@pytest.mark.parametrize(
    ("field", "words", "says"),
    [
        ("reason", "You joined {stie}.", "Did you mean {site}?"),
        ("sign_off", "Bye, {first_name}", "There is no variable {first_name}"),
        ("sign_off", "[Us](javascript:alert)", "must begin with https://"),
    ],
)
def test_a_variable_that_no_mail_has_is_refused_where_it_was_written(field, words, says):
    club = MailSettings(**{field: words})
    with pytest.raises(ValidationError) as refused:
        club.full_clean()
    assert says in refused.value.message_dict[field][0]


def test_a_required_variable_is_missed_where_it_stood_before(welcome):
    row = MailText(key=welcome.key, subject="Until {until}", body="Hi {first_name}", button="Go")
    form = MailTextForm({"subject": "Welcome", "body": "Hi {first_name}", "button": "Go"}, instance=row)
    assert not form.is_valid()
    assert list(form.errors) == ["subject"]
    assert "The variable {until} is missing" in form.errors["subject"][0]
