"""What the browser tests need of a page: keyboard, accessibility, no policy violation."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Level A and AA of WCAG 2.2, and axe's own good practice.
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
# What day and night can tell apart.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
# Buttons of Wagtail's change their colours slowly, also for who asks for less motion: half way, axe reads a third.
COLOURS_ARRIVED = """async () => {
    await new Promise(requestAnimationFrame);
    const changing = document.getAnimations().filter((one) => one instanceof CSSTransition);
    await Promise.allSettled(changing.map((one) => one.finished));
}"""
# For a document that has axe's half megabyte of script already.
AGAIN = Axe("undefined")
# Wagtail says how many rows a filter found in a heading that is an alert as well: no role for a heading, says axe.
WAGTAILS_ALERT = ("aria-allowed-role", 'h2[role="alert"]')


def assert_accessible(
    page: Page,
    *,
    schemes: tuple[str, ...] = ("light", "dark"),
    rules: dict[str, Any] = RULES,
    besides: tuple[str, str] | None = None,
) -> None:
    """No finding of axe, by day and by night; `besides` is a rule and the one element it is known to fault."""
    page.wait_for_load_state("load")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(COLOURS_ARRIVED)
        first = scheme == schemes[0]
        results = (Axe() if first else AGAIN).run(page, options=rules if first else COLOURS)
        found = [
            (broken["id"], "".join(node["target"]))
            for broken in results.response["violations"]
            for node in broken["nodes"]
        ]
        assert [one for one in found if one != besides] == [], f"{page.url} ({scheme}):\n{results.generate_report()}"


def troubles_of(page: Page) -> list[str]:
    """What goes wrong on this page from now on: policy violations, script errors, broken answers, no answers."""
    troubles: list[str] = []
    # Chromium reports a transition between two pages that ended early, as when a test turns motion off meanwhile.
    page.on("pageerror", lambda e: "ViewTransition" in str(e) or troubles.append(f"script: {e}"))
    page.on(
        "console",
        # A refused form (422) or Stripe away (503) is said here too; `response` below knows the ones that are faults.
        lambda message: (
            troubles.append(message.text)
            if message.type == "error" and not message.text.startswith("Failed to load resource")
            else None
        ),
    )
    page.on(
        "response",
        lambda answer: (
            troubles.append(f"{answer.status}: {answer.url}")
            if answer.status == 500 or (answer.status == 404 and "/static/" in answer.url)
            else None
        ),
    )
    page.on(
        "requestfailed",
        # Leaving a page aborts what it was still loading.
        lambda request: (
            troubles.append(f"failed: {request.url} {request.failure}")
            if "ERR_ABORTED" not in (request.failure or "")
            else None
        ),
    )
    return troubles


def focused(page: Page) -> dict[str, str]:
    """What has the keyboard: its tag, id, name, value and words."""
    return page.evaluate(
        """() => {
            const e = document.activeElement;
            return {tag: e.tagName.toLowerCase(), id: e.id, name: e.getAttribute("name") || "",
                    value: e.getAttribute("value") || "", text: (e.innerText || "").trim(),
                    visible: e.matches(":focus-visible")};
        }"""
    )


def tab_to(page: Page, *, name: str = "", text: str = "", most: int = 60) -> dict[str, str]:
    """Press Tab until the field `name` or the link or button with these words has the keyboard."""
    seen = []
    for _ in range(most):
        page.keyboard.press("Tab")
        here = focused(page)
        seen.append(here["name"] or here["text"] or here["tag"])
        if (name and here["name"] == name) or (text and text.lower() in here["text"].lower()):
            assert here["visible"], f"{seen[-1]} has the keyboard, but nothing shows it"
            return here
    raise AssertionError(f"{name or text!r} cannot be reached with Tab; passed {seen}")


def type_into(page: Page, name: str, words: str) -> None:
    tab_to(page, name=name)
    page.keyboard.type(words)
