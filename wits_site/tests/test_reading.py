"""The rules that every page is read by find what they are for, and nothing in a page that is right."""

import pytest

from wits_site.tests.reading import naming, nesting, telling
from wits_site.tests.reading.structure import lacking
from wits_site.tests.reading.tree import Document
from wits_site.tests.reading.visits import addresses_in_xml

PAGE = """<!doctype html><html lang="en"><head><title>Tea | WITS</title><meta name="description" content="Of tea.">
</head><body><main id="main"><h1>Tea</h1>{}</main></body></html>"""


def found(rule, inside):
    return list(rule.complaints(Document(PAGE.format(inside))))


GOOD = """
<nav aria-label="Tea"><ul><li><a href="/x/"><img src="/a.svg" alt="Cups" width="1" height="1"></a></li></ul></nav>
<section aria-labelledby="a"><h2 id="a">One</h2><p>None is left. <time datetime="2026-10-07T18:30-04:00">Soon</time>
<a href="/y/"><span>y</span></a></p><h3>Two</h3></section>
<figure><blockquote>Hi</blockquote><figcaption>Noor</figcaption></figure>
<details><summary><h2>Why?</h2></summary><p>So.</p></details>
<dl><div><dt>When</dt><dd><p>Now</p></dd></div></dl>
<a class="card" href="/z/"><div><p>A whole card</p></div></a>
<form action="/search/" role="search"><label for="q">Search</label><input id="q" name="q" type="search">
<label><input type="checkbox" name="n"> Yes</label><button popovertarget="m" type="button"><svg role="img"
aria-label="Menu" viewBox="0 0 1 1"><path d="M0 0"/></svg></button></form><div id="m" popover>Menu</div>
<picture><source type="image/avif" srcset="/a 2w" sizes="1rem"><img src="/a" alt="" width="2" height="2"></picture>
<table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>
"""


@pytest.mark.parametrize("rule", [nesting, naming, telling])
def test_a_page_that_is_right_is_let_be(rule):
    assert found(rule, GOOD) == []


@pytest.mark.parametrize(
    ("rule", "inside"),
    [
        (nesting, "<p><div>x</div></p>"),
        (nesting, "<span>x"),
        (nesting, "</em>"),
        (nesting, "<a href=x><a href=y>z</a></a>"),
        (nesting, '<p id="a" id="b">x</p>'),
        (nesting, "<p>a &nosuch; b</p>"),
        (nesting, "<span><div>x</div></span>"),
        (nesting, '<p>x <a href="/x/"><div>y</div></a></p>'),
        (nesting, "<button><h2>x</h2></button>"),
        (nesting, '<a href="/x/"><button>y</button></a>'),
        (nesting, '<button><input name="x"></button>'),
        (nesting, '<label>x <a href="/x/">y</a></label>'),
        (nesting, '<a href="/x/"><span tabindex="0">y</span></a>'),
        (nesting, "<ul><a href='/x/'>x</a></ul>"),
        (nesting, "<ul>x</ul>"),
        (nesting, "<div><li>x</li></div>"),
        (nesting, "<div><dt>x</dt></div>"),
        (nesting, "<dl><p>x</p></dl>"),
        (nesting, "<figure><div><figcaption>x</figcaption></div></figure>"),
        (nesting, "<details><p>x</p><summary>y</summary></details>"),
        (nesting, "<fieldset><p>x</p><legend>y</legend></fieldset>"),
        (nesting, "<table><tr><p>x</p></tr></table>"),
        (nesting, "<h1>again</h1>"),
        (nesting, "<main>again</main>"),
        (nesting, "<dl><dt><h3>x</h3></dt></dl>"),
        (nesting, '<h2 role="status">x</h2>'),
        (nesting, '<p colour="red">x</p>'),
        (nesting, '<img src="/a" alt="" width="10px" height="1">'),
        (nesting, '<img src="/a b" alt="" width="1" height="1">'),
        (nesting, '<img src="/a" srcset="/a 100w" alt="" width="1" height="1">'),
        (nesting, '<time datetime="7 October">x</time>'),
        (naming, '<p id="a">x</p><p id="a">y</p>'),
        (naming, '<p id="">x</p>'),
        (naming, '<section aria-labelledby="b"><h2 id="a">x</h2></section>'),
        (naming, '<label for="b">x</label>'),
        (naming, '<button popovertarget="b">x</button>'),
        (naming, '<input name="x">'),
        (naming, '<a href="/x/"></a>'),
        (naming, '<a href="/x/"><img src="/a" alt="" width="1" height="1"></a>'),
        (naming, '<a href="/x/"><span aria-hidden="true">x</span></a>'),
        (naming, '<a href="">x</a>'),
        (naming, '<button><svg aria-hidden="true"></svg></button>'),
        (naming, '<div aria-label="x">y</div>'),
        (naming, '<nav aria-label="">y</nav>'),
        (telling, "<h3>x</h3>"),
        (telling, "<h2></h2>"),
        (telling, "<h1>again</h1>"),
        (telling, '<img src="/a" width="1" height="1">'),
        (telling, '<img src="/a" alt="" height="1">'),
        (telling, '<img src="" alt="" width="1" height="1">'),
        (telling, "<p>None</p>"),
        (telling, "<p>Bring None, please</p>"),
        (telling, '<a href="/None/">x</a>'),
        (telling, "<p>{{ page.title }}</p>"),
        (telling, "<p>{% block x %}</p>"),
        (telling, "<p>Q&amp;amp;A</p>"),
        (telling, '<img src="/a" alt="&lt;Picture object at 0x7f&gt;" width="1" height="1">'),
    ],
)
def test_what_is_wrong_is_found(rule, inside):
    assert found(rule, inside) != []


def test_a_page_without_a_name_is_found():
    bare = "<!doctype html><html><head><title> | WITS</title></head><body><h1>x</h1></body></html>"
    assert set(telling.complaints(Document(bare))) == {"no title", "no description", "no language"}


def test_what_a_map_and_a_feed_lead_to_is_read():
    assert addresses_in_xml(b"<urlset xmlns='x'><url><loc>http://a/</loc></url></urlset>") == ["http://a/"]
    assert addresses_in_xml(b"<feed xmlns='x'><entry><link href='http://b/'/></entry></feed>") == ["http://b/"]


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        ({"@type": "Event", "name": "Tea", "location": {"@type": "Place"}, "startDate": "soon"}, 2),
        ({"@type": "Article", "headline": "", "author": {}, "image": "/one.png"}, 4),
        ([{"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": "Home"}]}], 1),
        ({"@type": "WebSite", "name": "WITS", "url": "https://wits.example/"}, 0),
    ],
)
def test_what_structured_data_lacks_is_found_in_its_parts_too(thing, said):
    assert len(list(lacking(thing))) == said
