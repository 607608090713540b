"""Looking where a link leads: what is asked, of whom, how often, and what an answer means."""

import ssl
import threading
import time
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from home.broken_links import asking, looking
from home.broken_links.asking import RefusedError, seconds_until, taken_apart
from home.broken_links.looking import Turns, Verdict, look
from home.tests.other_sites import other_sites


@pytest.fixture(scope="module")
def sites():
    with other_sites() as server:
        yield server


@pytest.fixture(autouse=True)
def hurry(monkeypatch, request):
    monkeypatch.setattr(looking, "PAUSE_SECONDS", 0.0)
    if "sites" in request.fixturenames:
        request.getfixturevalue("sites").visits.clear()


def verdict(address):
    return look(address, Turns()).verdict


@pytest.mark.parametrize(
    ("path", "expected", "asked"),
    [
        ("/fine", Verdict.FINE, ["HEAD"]),
        ("/get-only", Verdict.FINE, ["HEAD", "GET"]),
        ("/gone", Verdict.FAILS, ["HEAD", "GET"]),
        ("/error", Verdict.FAILS, ["HEAD", "GET"]),
        ("/away", Verdict.FAILS, ["HEAD", "GET"]),
        ("/people-only", Verdict.UNCLEAR, ["HEAD", "GET"]),
        ("/robots", Verdict.UNCLEAR, ["HEAD", "GET"]),
        ("/away?cf-mitigated=challenge", Verdict.UNCLEAR, ["HEAD", "GET"]),
        ("/late?Retry-After=90", Verdict.LATER, ["HEAD"]),
        ("/away?Retry-After=90", Verdict.LATER, ["HEAD", "GET"]),
    ],
)
def test_what_an_answer_means(sites, path, expected, asked):
    assert verdict(sites.at(path)) is expected
    assert [method for method, _ in sites.asked()] == asked


def test_a_site_hears_who_asks_and_nothing_else(sites, settings):
    look(sites.at("/fine"), Turns())
    [visit] = sites.visits
    assert visit.headers["User-Agent"] == f"WITS link check (+{settings.SITE_URL})"
    assert set(visit.headers) <= {"Host", "User-Agent", "Accept", "Connection", "Accept-Encoding"}


def test_a_redirect_is_followed_to_another_site(sites):
    end = sites.at("/fine", "two.example")
    assert verdict(sites.at(f"/to?next={end}")) is Verdict.FINE
    assert [(visit.host, visit.path) for visit in sites.visits] == [("one.example", "/to"), ("two.example", "/fine")]


def test_who_sends_on_for_ever_is_left_after_a_few_steps(sites):
    found = look(sites.at("/round"), Turns())
    assert (found.verdict, len(sites.visits)) == (Verdict.UNCLEAR, looking.MOST_STEPS + 1)


@pytest.mark.parametrize(
    "next_", ["http://inside.example/", "http://a:b@two.example/", "ftp://two.example/", "http://two.example:22/"]
)
def test_nobody_sends_us_where_we_must_not_go(sites, next_):
    found = look(sites.at(f"/to?next={next_}"), Turns())
    assert found.verdict is Verdict.UNCLEAR
    assert sites.asked() == [("HEAD", "/to")]


def test_a_way_back_to_our_own_site_is_not_followed(sites, settings):
    assert verdict(sites.at(f"/to?next={settings.SITE_URL}/me/")) is Verdict.FINE
    assert sites.asked() == [("HEAD", "/to")]


def test_a_name_that_nobody_has_is_silence():
    with other_sites() as server:
        assert look(server.at("/", "nobody.example"), Turns()).verdict is Verdict.SILENT
        assert not server.visits


def test_who_never_answers_is_left_in_time(sites, monkeypatch):
    monkeypatch.setattr(asking, "PART_SECONDS", 0.2)
    found = look(sites.at("/never"), Turns())
    assert (found.verdict, found.why) == (Verdict.SILENT, "It did not answer in time.")


def test_who_answers_one_letter_at_a_time_is_left_in_time(monkeypatch):
    monkeypatch.setattr(asking, "TOTAL_SECONDS", 0.5)
    done = threading.Event()

    def drip(handler):
        handler.wfile.write(b"HTTP/1.1 20")
        while not done.wait(0.05):
            handler.wfile.write(b"0")

    with other_sites() as server:
        monkeypatch.setattr(server.RequestHandlerClass, "_answer", drip)
        began = time.monotonic()
        found = look(server.at("/"), Turns())
        done.set()
    assert found.verdict is Verdict.SILENT
    assert time.monotonic() - began < 2


def test_an_odd_answer_stops_nobody(sites, monkeypatch):
    monkeypatch.setattr(asking, "ask", lambda *_: 1 / 0)
    assert verdict(sites.at("/")) is Verdict.UNCLEAR


@pytest.mark.parametrize(
    "address", ["https://user:secret@one.example/", "http://one.example:25/", "gopher://one.example/", "http://"]
)
def test_some_addresses_are_not_asked_at_all(address):
    with pytest.raises(RefusedError):
        taken_apart(address)


def test_one_site_has_one_question_at_a_time_with_a_pause(monkeypatch):
    monkeypatch.setattr(looking, "PAUSE_SECONDS", 0.1)
    turns = Turns()
    with other_sites(delay=0.05) as server:
        hosts = ["one.example", "www.one.example", "one.example", "two.example"]
        threads = [threading.Thread(target=look, args=[server.at("/fine", host), turns]) for host in hosts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
    of_one = sorted((visit for visit in server.visits if "one" in visit.host), key=lambda visit: visit.began)
    assert len(of_one) == 3
    for before, after in zip(of_one, of_one[1:], strict=False):
        assert after.began - before.ended >= 0.09


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120), ("", None), ("soon", None), ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("-5", None)],
)
def test_how_long_a_site_asks_us_to_wait(said, seconds):
    assert seconds_until({"Retry-After": said}) == seconds


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of `one.example` that signed itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "one.example")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("one.example")]), critical=False)
        .sign(key, SHA256())
    )
    path = tmp_path_factory.mktemp("certificate") / "one.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return path


@pytest.mark.parametrize(
    ("host", "trusted", "expected"),
    [
        ("one.example", True, Verdict.FINE),
        ("two.example", True, Verdict.FAILS),
        ("one.example", False, Verdict.FAILS),
    ],
    ids=["its own", "another's", "nobody trusts it"],
)
def test_a_certificate_is_looked_at_by_the_name_in_the_address(monkeypatch, certificate, host, trusted, expected):
    if trusted:
        monkeypatch.setattr(asking, "_trusted", ssl.create_default_context(cafile=str(certificate)))
    with other_sites() as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        found = look(f"https://{host}:{server.port}/fine", Turns())
    assert found.verdict is expected
    assert ("certificate" in found.why) is (expected is Verdict.FAILS)
