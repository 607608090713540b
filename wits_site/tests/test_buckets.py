"""A site whose media lie in buckets: everything works as on a disk, and answers' files lie where nobody may read."""

from datetime import timedelta

import boto3
import pytest
from botocore.exceptions import ConnectTimeoutError
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from moto import mock_aws
from wagtail.documents import get_document_model
from wagtail.models import Collection

from home.first_content import ensure_first_content
from home.forms import keeping
from home.forms.making import Asked
from home.forms.records import AnswerFile
from home.models import Picture
from home.pictures.making import promise_sizes
from home.tests.factories import FormPageFactory, PictureFactory, StandardPageFactory
from home.tests.markup import Markup
from home.tests.test_documents import PDF
from home.tests.test_form_answers import answer
from outbox.models import Delivery
from outbox.worker import drain
from wits_site.settings import base, buckets

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ORIGIN = "https://media.wits.example"


@pytest.fixture
def home(db):
    return ensure_first_content()


@pytest.fixture
def amazon(monkeypatch, settings):
    """Two empty buckets at a stand-in for Amazon, and the site with its media in them."""
    environment = {
        "MEDIA_BUCKET": "wits-media",
        "MEDIA_PRIVATE_BUCKET": "wits-answers",
        "MEDIA_DOMAIN": "media.wits.example",
        "MEDIA_S3_REGION": "ca-central-1",
        "AWS_ACCESS_KEY_ID": "example",
        "AWS_SECRET_ACCESS_KEY": "example",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        client = boto3.client("s3", region_name="ca-central-1")
        for name in ("wits-media", "wits-answers"):
            client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "ca-central-1"})
        settings.STORAGES = {**settings.STORAGES, **buckets.storages()}
        settings.CONTENT_SECURITY_POLICY = base.content_security_policy("https://checkout.stripe.com", ORIGIN)
        # A field keeps the storage that it found when the site started.
        monkeypatch.setattr(AnswerFile._meta.get_field("file"), "storage", storages["private"])
        yield client


def names(amazon, bucket):
    return {found["Key"] for found in amazon.list_objects_v2(Bucket=bucket).get("Contents", [])}


def test_a_picture_its_sizes_and_its_page_come_from_the_bucket(client, home, amazon, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    picture = PictureFactory(file__width=1600, file__height=1200)
    page = StandardPageFactory(slug="seen", body=[("picture", {"picture": picture, "caption": ""})])
    promise_sizes(page)
    drain()
    answered = client.get("/seen/")
    found = Markup(answered.content.decode()).all("source")
    sources = [source["srcset"] for source in found if "/images/" in str(source["srcset"])]
    assert sources
    assert all(part.strip().startswith(f"{ORIGIN}/images/") for srcset in sources for part in srcset.split(","))
    assert f"img-src 'self' {ORIGIN};" in answered["Content-Security-Policy"]
    shown = {part.split()[0].removeprefix(f"{ORIGIN}/") for srcset in sources for part in srcset.split(",")}
    assert shown <= names(amazon, "wits-media")
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and file.name != "500.html"]


def test_a_picture_that_is_deleted_leaves_the_bucket(home, amazon, django_capture_on_commit_callbacks):
    picture = PictureFactory()
    assert picture.file.name in names(amazon, "wits-media")
    with django_capture_on_commit_callbacks(execute=True):
        Picture.objects.get(pk=picture.pk).delete()
    assert picture.file.name not in names(amazon, "wits-media")


def test_two_files_of_one_name_never_share_one_address(home, amazon):
    addresses = {PictureFactory(file__filename="photo.jpg").file.url for _ in range(3)}
    assert len(addresses) == 3


def test_a_document_is_a_download_of_the_sites_own(client, admin_client, home, amazon):
    data = {"title": "A", "collection": Collection.objects.get(depth=1).pk}
    admin_client.post(reverse("wagtaildocs:add"), {**data, "file": SimpleUploadedFile("a.pdf", PDF)})
    answered = client.get(get_document_model().objects.get().url)
    assert answered["Content-Disposition"].startswith("attachment;")
    assert b"".join(answered.streaming_content) == PDF


def test_the_file_of_an_answer_is_private_is_downloaded_and_goes_on_its_day(
    admin_client, home, amazon, django_capture_on_commit_callbacks, time_machine
):
    page = FormPageFactory(questions=[Asked("Say it"), Asked("File", "file")])
    answer(page, {"file": SimpleUploadedFile("cv.pdf", PDF)})
    file = AnswerFile.objects.get()
    assert names(amazon, "wits-answers") == {file.file.name}
    assert file.file.name not in names(amazon, "wits-media")
    with pytest.raises(ValueError, match="No address"):
        _ = file.file.url
    answered = admin_client.get(reverse("answers:file", args=[file.pk]))
    assert b"".join(answered.streaming_content) == PDF
    time_machine.move_to(timezone.now() + timedelta(days=page.keep_days + 1))
    with django_capture_on_commit_callbacks(execute=True):
        keeping.forget()
    assert names(amazon, "wits-answers") == set()


def test_a_bucket_that_does_not_answer_costs_no_page_and_no_promise(client, home, amazon, monkeypatch):
    picture = PictureFactory(file__width=1600, file__height=1200)
    page = StandardPageFactory(slug="seen", body=[("picture", {"picture": picture, "caption": ""})])
    promise_sizes(page)

    def away(*args, **kwargs):
        raise ConnectTimeoutError(endpoint_url="https://wits-media.invalid")

    monkeypatch.setattr("botocore.httpsession.URLLib3Session.send", away)
    monkeypatch.setattr("storages.backends.s3.S3Storage._open", away)
    monkeypatch.setattr("storages.backends.s3.S3Storage._save", away)
    drain()
    assert client.get("/seen/").status_code == 200
    waiting = Delivery.objects.filter(channel="pictures")
    assert {delivery.state for delivery in waiting} == {Delivery.State.WAITING}
