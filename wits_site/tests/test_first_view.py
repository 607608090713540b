"""What a phone loads before anybody scrolls: few files, small ones, and nothing that moves."""

import gzip
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Response, Route

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
# What a server compresses on its way; pictures and fonts are as small as they get.
COMPRESSED = ("text/", "image/svg+xml", "application/json", "application/manifest+json", "application/javascript")
MOVED = """
window.moved = [];
new PerformanceObserver(list => list.getEntries().forEach(entry =>
    moved.push([entry.value, ...entry.sources.map(it => it.node?.outerHTML?.slice(0, 120) ?? "a text")])))
  .observe({type: "layout-shift", buffered: true});
"""
PAINTED = """() => new Promise(painted =>
  new PerformanceObserver(() => painted()).observe({type: "paint", buffered: true}))"""


@dataclass(frozen=True)
class Loaded:
    """One answer: its kind, and its bytes on the way."""

    url: str
    kind: str
    bytes: int


def loaded(answer: Response) -> Loaded:
    body = answer.body()
    kind = answer.headers.get("content-type", "").partition(";")[0]
    return Loaded(answer.url, kind, len(gzip.compress(body)) if kind.startswith(COMPRESSED) else len(body))


def first_view(page: Page, url: str) -> list[Loaded]:
    """Everything that is loaded until the page is at rest, on a phone, without a touch, in bad weather.

    The network has only the page and its stylesheet at first: fonts, pictures and scripts wait until it is painted.
    """
    answers: list[Response] = []
    late: list[Route] = []
    painted = False

    def hold(route: Route) -> None:
        if painted or route.request.resource_type in {"document", "stylesheet"}:
            route.continue_()
        else:
            late.append(route)

    page.on("response", lambda answer: answers.append(answer))
    page.route("**/*", hold)
    page.set_viewport_size(PHONE)
    page.add_init_script(MOVED)
    page.goto(url, wait_until="commit")
    page.evaluate(PAINTED)
    assert "font" in {route.request.resource_type for route in late}
    painted = True
    for route in late:
        route.continue_()
    page.wait_for_load_state("networkidle")
    return [loaded(answer) for answer in answers]


def total(files: list[Loaded], *kinds: str) -> int:
    return sum(file.bytes for file in files if not kinds or file.kind.startswith(kinds))


@pytest.mark.parametrize("path", ["/", "/events/", "/stories/", "/join/", "/team/"])
def test_a_first_view_is_light_and_nothing_moves(watched, live, path):
    files = first_view(watched, live.site + path)
    said = "\n".join(f"{file.bytes:>7} {file.kind} {file.url}" for file in files)
    assert len(files) <= 14, said
    assert total(files) <= 200_000, said
    assert total(files, "text/html") <= 8_000, said
    assert total(files, "text/javascript", "application/javascript") <= 12_000, said
    assert [file.bytes <= 14_000 for file in files if file.kind == "text/css"] == [True], said
    blocking = "performance.getEntriesByType('resource').filter(e => e.renderBlockingStatus === 'blocking').length"
    assert watched.evaluate(blocking) == 1, said
    assert watched.evaluate("window.moved") == []
