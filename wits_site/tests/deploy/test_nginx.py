"""nginx with the site's own configuration, in a folder of its own, before a small server on the site's socket."""

import gzip
import os
import shutil
import socket
import ssl
import subprocess
import threading
import urllib.request
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingUnixStreamServer

import pytest

from wits_site.tests.deploy.test_scripts import DEPLOY, needs
from wits_site.tests.live import three_free_ports, until

pytestmark = [pytest.mark.processes, needs("nginx"), needs("openssl")]
HOST = "wits.example"
HASHED = "css/site.0123456789ab.css"


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers that it was sent."""

    def do_GET(self):
        body = f"path: {self.path}\n{self.headers}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def address_string(self):
        return "nginx"

    def log_message(self, *_):
        pass


class Front:
    """A running nginx, and what can be asked of it."""

    def __init__(self, folder):
        self.folder = folder
        self.port = three_free_ports()
        for name in (
            "nginx/snippets",
            "nginx/sites-available",
            "nginx/sites-enabled",
            "nginx/modules-enabled",
            "units",
        ):
            (folder / name).mkdir(parents=True)
        for name in (
            "site/static/css",
            "site/media/images",
            "site/media/documents",
            "site/media/errors",
            "site/pages",
        ):
            (folder / name).mkdir(parents=True)
        for name in ("site/media-private", "etc/own", "log", "acme/.well-known/acme-challenge"):
            (folder / name).mkdir(parents=True)
        for module in Path("/etc/nginx/modules-enabled").glob("*brotli*"):
            shutil.copy(module, folder / "nginx/modules-enabled")
        self._certificate(folder / "etc/own")
        (folder / "etc/tls").symlink_to("own")
        (folder / "etc/server").write_text(f"DOMAIN={HOST}\nALSO=www.{HOST}\nHSTS=300\n")
        (folder / "nginx/nginx.conf").write_text(
            f"pid {folder}/pid; error_log {folder}/log/error.log;\n"
            f"include {folder}/nginx/modules-enabled/*.conf;\nevents {{}}\n"
            f"http {{ include /etc/nginx/mime.types; include {folder}/nginx/sites-enabled/*; }}\n"
        )
        self.environment = {
            "PATH": os.environ["PATH"],
            "SITE_ROOT": str(folder / "site"),
            "SITE_ETC": str(folder / "etc"),
            "SITE_LOGS": str(folder / "log"),
            "SITE_ACME": str(folder / "acme"),
            "SITE_SOCKET": str(folder / "web.sock"),
            "UNITS_FOLDER": str(folder / "units"),
            "NGINX_FOLDER": str(folder / "nginx"),
            "NGINX_HTTP": f"127.0.0.1:{self.port}",
            "NGINX_HTTPS": f"127.0.0.1:{self.port + 1}",
        }
        self.trust = ssl.create_default_context(cafile=str(folder / "etc/own/fullchain.pem"))

    def _certificate(self, folder):
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST},DNS:www.{HOST}"]
        keys = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
        subprocess.run(["openssl", "req", "-x509", *curve, *names, *keys], check=True, capture_output=True)

    def install(self):
        done = subprocess.run([DEPLOY / "install.sh"], env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def get(self, path, *, method="GET", body=None, host=HOST, **headers):
        """Status, headers and body, over TLS as a visitor."""
        line = HTTPSConnection("127.0.0.1", self.port + 1, context=self.trust, timeout=10)
        line.sock = self.trust.wrap_socket(
            socket.create_connection(("127.0.0.1", self.port + 1), 10), server_hostname=HOST
        )
        line.request(method, path, body, {"Host": host, **headers})
        answer = line.getresponse()
        return answer.status, answer.headers, answer.read()

    def listens(self):
        try:
            return self.get("/healthz")[0] == 200
        except ConnectionRefusedError:
            return False

    def plain(self, path, host=HOST):
        with socket.create_connection(("127.0.0.1", self.port), 10) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            return line.recv(4000).decode()


@pytest.fixture(scope="module")
def front(tmp_path_factory):
    folder = tmp_path_factory.mktemp("front")
    folder.chmod(0o755)
    for parent in folder.parents:
        if parent != Path("/") and parent.stat().st_uid == os.getuid() and parent != Path("/tmp"):
            parent.chmod(parent.stat().st_mode | 0o055)
    made = Front(folder)
    (folder / "site/static" / HASHED).write_text("body{color:red}" * 100)
    (folder / "site/static" / f"{HASHED}.gz").write_bytes(gzip.compress(b"body{color:red}" * 100))
    (folder / "site/static/images/mails").mkdir(parents=True)
    (folder / "site/static/images/mails/members-light.png").write_bytes(b"a picture")
    (folder / "site/static/css/site.css").write_text("body{}")
    (folder / "site/static/css/site.css.gz").write_bytes(gzip.compress(b"body{}"))
    (folder / "site/media/images/a.png").write_bytes(b"picture")
    (folder / "site/media/images/a.svg").write_bytes(b"<svg/>")
    (folder / "site/media/documents/a.pdf").write_bytes(b"document")
    (folder / "site/media/errors/500.html").write_text("Something broke on our side.")
    (folder / "site/media-private/cv.pdf").write_bytes(b"private")
    (folder / "acme/.well-known/acme-challenge/token").write_text("proof")
    made.install()
    server = ThreadingUnixStreamServer(str(folder / "web.sock"), Echo)
    (folder / "web.sock").chmod(0o666)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    nginx = subprocess.Popen(["nginx", "-c", str(folder / "nginx/nginx.conf"), "-g", "daemon off;"])
    until(made.listens, what="nginx listens")
    yield made
    nginx.terminate()
    nginx.wait(20)
    server.shutdown()


def test_installing_again_changes_nothing(front):
    assert front.install() == "==> Units and nginx are as this release wants them\n"


def test_other_hosts_get_no_answer(front):
    assert front.plain("/", host="elsewhere.example") == ""
    with pytest.raises(ConnectionError):
        front.get("/", host="elsewhere.example")
    with socket.create_connection(("127.0.0.1", front.port + 1), 10) as line, pytest.raises(ssl.SSLError):
        front.trust.wrap_socket(line, server_hostname="elsewhere.example")


def test_plain_http_and_other_names_lead_to_the_one_address(front):
    assert f"Location: https://{HOST}/join/?a=1\r\n" in front.plain("/join/?a=1")
    status, headers, _ = front.get("/join/?a=1", host=f"www.{HOST}")
    assert (status, headers["Location"]) == (301, f"https://{HOST}/join/?a=1")
    assert front.plain("/.well-known/acme-challenge/token").endswith("proof")


def test_static_files_are_compressed_and_those_with_a_hash_never_asked_for_again(front):
    status, headers, body = front.get(f"/static/{HASHED}", **{"Accept-Encoding": "gzip"})
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert gzip.decompress(body).startswith(b"body{color:red}")
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers.get_all("Vary") == ["Accept-Encoding"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    _, headers, body = front.get(f"/static/{HASHED}")
    assert "Content-Encoding" not in headers
    assert body.startswith(b"body{color:red}")
    assert front.get("/static/css/site.css")[1]["Cache-Control"] == "public, max-age=300"


def test_pictures_of_mails_are_shown_where_mails_are_read_and_no_others(front):
    policy = "Cross-Origin-Resource-Policy"
    assert front.get("/static/images/mails/members-light.png")[1][policy] == "cross-origin"
    assert front.get("/static/css/site.css")[1][policy] == "same-origin"


def test_pictures_are_handed_out_and_nothing_else_that_was_uploaded(front):
    status, headers, body = front.get("/media/images/a.png")
    assert (status, body) == (200, b"picture")
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    for path in ("/media/documents/a.pdf", "/media/images/a.svg", "/media-private/cv.pdf", "/media/errors/500.html"):
        assert front.get(path)[0] == 404, path
    assert front.get("/media/../media-private/cv.pdf")[0] == 404
    assert b"private" not in front.get("/media/images/..%2f..%2fmedia-private/cv.pdf")[2]


def test_nobody_can_claim_to_come_from_elsewhere(front):
    forged = {
        "X-Forwarded-For": "6.6.6.6",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "evil.example",
        "X-Real-IP": "6.6.6.6",
        "Forwarded": "for=6.6.6.6",
        "X-Request-ID": "forged",
    }
    _, headers, body = front.get("/", **forged)
    said = body.decode()
    assert "6.6.6.6" not in said
    assert "evil.example" not in said
    assert "forged" not in said
    assert "X-Forwarded-For: 127.0.0.1\n" in said.replace("\r", "")
    assert "X-Forwarded-Proto: https\n" in said.replace("\r", "")
    assert headers["Strict-Transport-Security"] == "max-age=300"


def test_what_is_too_large_is_refused_where_nobody_uploads(front):
    large = b"x" * 100_000
    assert front.get("/membership/join/", method="POST", body=large)[0] == 413
    assert front.get("/admin/images/add/", method="POST", body=large)[0] == 200
    assert front.get("/webhooks/stripe/", method="POST", body=large)[0] == 200


TELLING = [
    "/welcome/?session_id=SECRET",
    "/membership/confirm/SECRET/",
    "/join/?utm=SECRET",
    "/zoe.SECRET@uwo.ca/",
    "/search/zoe.SECRET%40uwo.ca",
    "/admin/invitation/SECRET/",
    "/me/SECRET/",
]


def test_secrets_in_addresses_stand_in_no_log_whether_somebody_answers_or_not(front):
    for path in TELLING:
        assert front.get(path)[0] == 200
    (front.folder / "web.sock").rename(front.folder / "away.sock")
    try:
        for path in TELLING:
            assert front.get(path)[0] == 502
    finally:
        (front.folder / "away.sock").rename(front.folder / "web.sock")
    log = front.folder / "log/wits_site.access.log"
    until(lambda: '/me/- HTTP/1.1" 502' in log.read_text(), what="the log is written")
    assert "/membership/confirm/- HTTP" in log.read_text()
    logs = [file for file in front.folder.rglob("*.log") if "SECRET" in file.read_text()]
    assert logs == []


def test_a_reload_loses_no_request(front):
    asked = [200]
    ended = threading.Event()

    def ask():
        while not ended.is_set():
            asked.append(front.get("/")[0])

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        subprocess.run(["nginx", "-c", front.folder / "nginx/nginx.conf", "-s", "reload"], check=True)
        seen = len(asked)
        until(lambda seen=seen: len(asked) > seen + 10, what="it goes on")
    ended.set()
    for thread in threads:
        thread.join()
    assert set(asked) <= {200, 429}


def test_a_configuration_that_nginx_refuses_is_taken_back(front, tmp_path):
    site = front.folder / "nginx/sites-available/wits_site"
    before = site.read_text()
    (front.folder / "etc/server").write_text(f'DOMAIN={HOST}\nALSO=www.{HOST}\nHSTS=300" one two "\n')
    done = subprocess.run([DEPLOY / "install.sh"], env=front.environment, capture_output=True, text=True)
    (front.folder / "etc/server").write_text(f"DOMAIN={HOST}\nALSO=www.{HOST}\nHSTS=300\n")
    assert done.returncode == 1
    assert "The old one is back" in done.stderr
    assert site.read_text() == before


def test_when_nobody_answers_visitors_read_the_page_for_it(front):
    (front.folder / "web.sock").rename(front.folder / "away.sock")
    status, headers, body = front.get("/")
    (front.folder / "away.sock").rename(front.folder / "web.sock")
    assert (status, body) == (502, b"Something broke on our side.")
    assert headers["Cache-Control"] == "no-store"
    assert front.get("/")[0] == 200


def test_it_is_asked_by_its_own_name_only(front):
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"https://127.0.0.1:{front.port + 1}/", context=front.trust, timeout=5)
