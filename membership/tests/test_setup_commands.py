"""`setup_stripe` and `setup_hubspot`: make, correct, leave alone, and only look with --check."""

import io

import pytest
from django.core.management import CommandError, call_command

from membership import stripe_gateway
from membership.hubspot_gateway import OWN_PROPERTIES
from membership.models import Level
from membership.stripe_gateway import EVENT_TYPES
from membership.tests.stand_in import Answer, stand_in
from membership.tests.vendors import every_stripe_call_checked

VERSION = "2026-10-28.endive"
URL = "http://testserver/webhooks/stripe/"
PRODUCT_ID = "wits-level-wits-member"
MISSING = Answer({"error": {"type": "invalid_request_error", "code": "resource_missing", "param": "id"}}, 404)
NO_GROUP = Answer({"status": "error", "category": "OBJECT_NOT_FOUND", "message": "No."}, 404)


def product(**changes):
    return {"id": PRODUCT_ID, "object": "product", "name": "WITS member", "active": True} | changes


def endpoint(**changes):
    made = {"id": "we_1", "object": "webhook_endpoint", "url": URL, "status": "enabled", "api_version": VERSION}
    return made | {"enabled_events": list(EVENT_TYPES)} | changes


def endpoints(*data):
    return {"object": "list", "url": "/v1/webhook_endpoints", "has_more": False, "data": list(data)}


@pytest.fixture
def level(db):
    Level.objects.all().delete()
    Level.objects.create(slug="general", name="General member", price_cents=0)
    return Level.objects.create(slug="wits-member", name="WITS member", price_cents=1500)


@pytest.fixture
def stripe_says(settings):
    with stand_in() as here, every_stripe_call_checked():
        settings.STRIPE_API_BASE = f"{here.url}/stripe"
        yield here


@pytest.fixture
def hubspot(settings):
    with stand_in() as here:
        settings.HUBSPOT_API_BASE = f"{here.url}/hubspot"
        yield here


def run(name, *options):
    out = io.StringIO()
    call_command(name, *options, stdout=out)
    return out.getvalue()


def written(here):
    return [asked for asked in here.asked if asked.method != "GET"]


def test_a_new_account_gets_product_and_endpoint(stripe_says, level):
    stripe_says.says(MISSING, product(), endpoints(), endpoint(secret="whsec_made_just_now"))
    out = run("setup_stripe")
    assert f"Product of WITS member ({PRODUCT_ID}): made" in out
    assert f"Webhook endpoint {URL} (we_1): made" in out
    assert out.count("whsec_made_just_now") == 1
    assert "STRIPE_WEBHOOK_SECRET" in out
    made_product, made_endpoint = (asked.form for asked in written(stripe_says))
    assert made_product["id"] == PRODUCT_ID
    assert made_endpoint["url"] == URL
    assert made_endpoint["api_version"] == VERSION
    assert [value for key, value in made_endpoint.items() if key.startswith("enabled_events")] == list(EVENT_TYPES)
    level.refresh_from_db()
    assert level.stripe_product_id == PRODUCT_ID
    assert Level.objects.get(slug="general").stripe_product_id == ""


def test_a_second_run_writes_nothing(stripe_says, level):
    stripe_says.says(product(), endpoints(endpoint()))
    out = run("setup_stripe")
    assert out.count("as it should be") == 2
    assert "whsec" not in out
    assert written(stripe_says) == []


def test_what_differs_is_corrected(stripe_says, level):
    shut = endpoint(status="disabled", enabled_events=["charge.refunded"])
    stripe_says.says(product(name="Old name", active=False), product(), endpoints(shut), endpoint())
    out = run("setup_stripe")
    assert out.count("corrected") == 2
    corrected_product, corrected_endpoint = (asked.form for asked in written(stripe_says))
    assert corrected_product == {"name": "WITS member", "active": "true"}
    assert corrected_endpoint["disabled"] == "false"
    assert "api_version" not in corrected_endpoint


def test_an_endpoint_of_another_version_gets_a_successor_and_a_person_is_told(stripe_says, level):
    old = endpoint(id="we_old", api_version="2024-06-20")
    stripe_says.says(product(), endpoints(old), endpoint(id="we_new", secret="whsec_successor"))
    out = run("setup_stripe")
    assert "(we_new): made" in out
    assert "(we_old): different" in out
    assert "2024-06-20" in out
    assert "delete this one" in out
    assert [asked.path for asked in written(stripe_says)] == ["/stripe/v1/webhook_endpoints"]


def test_the_endpoints_of_others_are_left_alone(stripe_says, level):
    others = endpoint(id="we_shop", url="https://shop.example/hook", api_version="2020-08-27")
    stripe_says.says(product(), endpoints(others, endpoint()))
    assert "we_shop" not in run("setup_stripe")
    assert written(stripe_says) == []


def test_check_changes_nothing_and_fails_when_something_differs(stripe_says, level):
    stripe_says.says(MISSING, endpoints(endpoint(enabled_events=[])))
    with pytest.raises(CommandError) as failure:
        run("setup_stripe", "--check")
    assert failure.value.returncode == 1
    assert written(stripe_says) == []
    level.refresh_from_db()
    assert level.stripe_product_id == ""


def test_check_is_content_with_what_setup_left(stripe_says, level):
    Level.objects.update(stripe_product_id=PRODUCT_ID)
    stripe_says.says(product(), endpoints(endpoint()))
    assert run("setup_stripe", "--check").count("as it should be") == 2


def test_drift_is_told_in_sentences(stripe_says):
    stripe_says.says(product(name="x"), endpoints(endpoint(id="we_old", api_version=None)))
    product_line, endpoint_line, old_line = stripe_gateway.drift(levels=[("wits-member", "WITS member")], url=URL)
    assert product_line == "Product of WITS member is different."
    assert endpoint_line == f"Webhook endpoint {URL} is missing."
    assert "delete this one" in old_line
    assert written(stripe_says) == []
    stripe_says.says(product(), endpoints(endpoint()))
    assert stripe_gateway.drift(levels=[("wits-member", "WITS member")], url=URL) == []


def test_a_refused_key_ends_in_plain_words(stripe_says, level):
    stripe_says.says(Answer({"error": {"type": "invalid_request_error"}}, 401))
    with pytest.raises(CommandError, match="STRIPE_SECRET_KEY"):
        run("setup_stripe")


def test_hubspot_gets_the_group_and_six_properties(hubspot):
    hubspot.says(NO_GROUP, {"name": "wits"}, {"results": []}, {"name": "made"})
    out = run("setup_hubspot")
    assert out.count(": made") == 7
    group, *properties = (asked.json for asked in written(hubspot))
    assert group == {"name": "wits", "label": "WITS membership"}
    assert [made["name"] for made in properties] == [
        "wits_member_id",
        "wits_membership_status",
        "wits_membership_level",
        "wits_member_until",
        "wits_newsletter_consent",
        "wits_newsletter_consent_at",
    ]
    assert {made["groupName"] for made in properties} == {"wits"}


def test_hubspot_is_left_alone_when_all_is_well(hubspot):
    for options in ([], ["--check"]):
        hubspot.says({"name": "wits", "label": "WITS membership"}, {"results": list(OWN_PROPERTIES)})
        assert run("setup_hubspot", *options).count("as it should be") == 7
    assert written(hubspot) == []


def test_a_changed_property_is_corrected_and_one_of_another_type_is_not_touched(hubspot):
    first, second, *others = OWN_PROPERTIES
    there = [{**first, "label": "Mine now"}, {**second, "type": "number"}, *others]
    hubspot.says({"name": "wits", "label": "WITS membership"}, {"results": there}, {"name": "corrected"})
    out = io.StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("setup_hubspot", stdout=out)
    assert failure.value.returncode == 1
    assert "wits_member_id: corrected" in out.getvalue()
    assert "wits_membership_status: of the wrong type" in out.getvalue()
    [correction] = written(hubspot)
    assert correction.json == {"label": first["label"]}
    assert correction.path.endswith("/wits_member_id")


def test_hubspot_check_changes_nothing(hubspot):
    hubspot.says(NO_GROUP, {"results": []})
    with pytest.raises(CommandError) as failure:
        run("setup_hubspot", "--check")
    assert failure.value.returncode == 1
    assert written(hubspot) == []


def test_a_refused_token_ends_in_plain_words(hubspot):
    hubspot.says(Answer({"status": "error", "category": "INVALID_AUTHENTICATION", "message": "No."}, 401))
    with pytest.raises(CommandError, match="HUBSPOT_ACCESS_TOKEN"):
        run("setup_hubspot")
