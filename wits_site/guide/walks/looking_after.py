"""What the site itself asks its executives to look after."""

import re
import time

from playwright.sync_api import expect

from wits_site.guide.registry import walk
from wits_site.guide.walking import Walk

# To read all links of the demonstration.
SECONDS_A_WORKER_NEEDS = 60


@walk("what-needs-attention")
def what_needs_attention(guide: Walk) -> None:
    page = guide.page
    guide.open("/admin/")
    guide.step(page.get_by_role("heading", name="What needs attention"))
    guide.step(page.get_by_role("link", name=re.compile("has no logo")).first).click()
    expect(page.locator("#id_name")).to_be_visible()
    guide.open("/admin/")
    lines = page.get_by_role("link", name=re.compile("has no logo"))
    words = lines.first.inner_text()
    guide.step(page.get_by_role("button", name=f"Not now: {words}")).click()
    expect(page.get_by_role("link", name=words)).to_have_count(0)


@walk("mend-a-broken-link")
def mend_a_broken_link(guide: Walk) -> None:
    page = guide.page
    partner = _break_a_link(guide)
    guide.step(guide.menu("Reports", "Broken links")).click()
    guide.step(page.get_by_role("link", name=f"Partner: {partner}")).click()
    guide.step(page.locator("#id_link")).fill("https://example.com/")
    guide.step(page.get_by_role("button", name="Save", exact=True)).click()
    expect(page.locator(".messages .success")).to_be_visible()


def _break_a_link(guide: Walk) -> str:
    """Let a partner's link lead nowhere, and the worker find it. Returns the partner's name."""
    page = guide.page
    guide.open("/admin/snippets/home/partner/")
    page.locator("main tbody .title a").first.click()
    partner = page.locator("#id_name").input_value()
    page.locator("#id_link").fill(f"{guide.site}/was-here-once/")
    page.get_by_role("button", name="Save", exact=True).click()
    guide.open("/admin/reports/broken-links/")
    page.get_by_role("button", name="Check all again now").click()
    deadline = time.monotonic() + SECONDS_A_WORKER_NEEDS
    found = page.get_by_role("link", name=f"Partner: {partner}")
    while not found.count() and time.monotonic() < deadline:
        page.wait_for_timeout(500)
        page.reload()
    return partner
