"""What the HTML standard says about which element may stand in which, and which attributes it may have."""

import re
from collections.abc import Iterator

from wits_site.tests.reading.tree import Document, Element

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
SECTIONS = {"article", "aside", "nav", "section"}
TRANSPARENT = {"a", "audio", "canvas", "del", "ins", "map", "noscript", "object", "video"}


def _listed(names: str) -> set[str]:
    return set(names.split())


PHRASING = _listed(
    "a abbr area audio b bdi bdo br button canvas cite code data datalist del dfn em embed i iframe img input ins kbd"
    " label link map mark meta meter noscript object optgroup option output picture progress q rp rt ruby s samp"
    " script select slot small source span strong sub sup svg:svg template textarea time track u var video wbr"
)
ONLY_PHRASING = HEADINGS | _listed(
    "abbr b bdi bdo button cite code data dfn em i kbd label legend mark meter output p pre progress q s samp small"
    " span strong sub summary sup time u var"
)
WITH_HEADINGS = {"legend", "summary"}

# Where alone an element may stand, and what alone it may hold.
PARENTS = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "figcaption": {"figure"},
    "summary": {"details"},
    "legend": {"fieldset"},
    "caption": {"table"},
    "colgroup": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "tfoot": {"table"},
    "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "source": {"picture", "audio", "video"},
    "option": {"select", "optgroup", "datalist"},
    "main": {"body", "div", "form"},
    "title": {"head"},
    "base": {"head"},
}
ALWAYS = {"script", "template"}
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "picture": {"source", "img"},
    "select": {"option", "optgroup", "hr"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "tr": {"td", "th"},
}
NOT_INSIDE = {
    "header": {"header", "footer", "dt", "th", "address"},
    "footer": {"header", "footer", "dt", "th", "address"},
    "main": {*SECTIONS, "header", "footer"},
    "form": {"form"},
    **{heading: {"dt", "th", "address"} for heading in HEADINGS},
    **{section: {"dt", "th", "address"} for section in SECTIONS},
}
FIRST = {"summary", "legend", "caption"}

FOR_ALL = _listed(
    "accesskey autocapitalize autofocus class contenteditable dir draggable enterkeyhint hidden id inert inputmode"
    " itemid itemprop itemref itemscope itemtype lang popover role spellcheck tabindex title translate"
)
FOR_EACH = {
    "a": "download href hreflang ping referrerpolicy rel target type",
    "blockquote": "cite",
    "button": "disabled form formaction formmethod name popovertarget popovertargetaction type value",
    "col": "span",
    "colgroup": "span",
    "data": "value",
    "del": "cite datetime",
    "details": "name open",
    "fieldset": "disabled form name",
    "form": "accept-charset action autocomplete enctype method name novalidate rel target",
    "html": "",
    "iframe": "allow allowfullscreen height loading name referrerpolicy sandbox src srcdoc width",
    "img": "alt crossorigin decoding fetchpriority height ismap loading referrerpolicy sizes src srcset usemap width",
    "input": "accept alt autocomplete checked dirname disabled form height list max maxlength min minlength multiple"
    " name pattern placeholder readonly required size src step type value width",
    "ins": "cite datetime",
    "label": "for",
    "li": "value",
    "link": "as blocking color crossorigin fetchpriority href hreflang imagesizes imagesrcset integrity media"
    " referrerpolicy rel sizes type",
    "meta": "charset content http-equiv media name property",
    "meter": "high low max min optimum value",
    "ol": "reversed start type",
    "optgroup": "disabled label",
    "option": "disabled label selected value",
    "output": "for form name",
    "progress": "max value",
    "q": "cite",
    "script": "async crossorigin defer integrity nomodule referrerpolicy src type",
    "select": "autocomplete disabled form multiple name required size",
    "source": "height media sizes src srcset type width",
    "style": "media",
    "td": "colspan headers rowspan",
    "textarea": "autocomplete cols dirname disabled form maxlength minlength name placeholder readonly required rows"
    " wrap",
    "th": "abbr colspan headers rowspan scope",
    "time": "datetime",
    "video": "autoplay controls crossorigin height loop muted playsinline poster preload src width",
}
INTERACTIVE = {"button", "details", "embed", "iframe", "label", "select", "textarea"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?|\d\d:\d\d|\d{4}(-\d\d)?|P\w+")


def complaints(document: Document) -> Iterator[str]:
    """Everything that stands where it must not, or says what it must not."""
    yield from document.errors
    for one in document.elements:
        if not one.name.startswith("svg:"):
            yield from _place(one)
            yield from _pressable_inside(one)
            yield from _attributes(one)
    for name in ("main", "title", "h1"):
        if len(document.all(name)) > 1:
            yield f"more than one <{name}>"


def _place(one: Element) -> Iterator[str]:
    parent, name = one.parent, one.name
    if parent is None:
        return
    if name in PARENTS and parent.name not in PARENTS[name]:
        yield f"{one} stands in {parent}"
    if name in {"dt", "dd"} and parent.name == "div" and (parent.parent is None or parent.parent.name != "dl"):
        yield f"{one} stands outside of a list of terms"
    allowed = CHILDREN.get(parent.name)
    if allowed and name not in allowed | ALWAYS:
        yield f"{parent} holds {one}"
    if name in FIRST and parent.children[0] is not one:
        yield f"{one} is not the first in {parent}"
    if name == "figcaption" and one not in (parent.children[0], parent.children[-1]):
        yield f"{one} is neither first nor last in {parent}"
    around = next((above for above in one.ancestors if above.name not in TRANSPARENT), None)
    heading = around and name in HEADINGS and around.name in WITH_HEADINGS
    if around and around.name in ONLY_PHRASING and name not in PHRASING and not heading:
        yield f"{one} stands in {around}, which holds words only"
    above = {element.name for element in one.ancestors}
    for wrong in NOT_INSIDE.get(name, set()) & above:
        yield f"{one} stands inside <{wrong}>"
    loose = "".join(text for text in one.content if isinstance(text, str)).strip()
    if name in CHILDREN and loose:
        yield f"{one} holds loose words: {loose[:40]}"


def is_pressable(one: Element) -> bool:
    """Whether a person can do something with it."""
    if one.name == "a":
        return one.get("href") is not None
    if one.name == "input":
        return one.get("type") != "hidden"
    return one.name in INTERACTIVE or one.get("tabindex") is not None


def _pressable_inside(one: Element) -> Iterator[str]:
    if is_pressable(one) or one.name == "summary":
        for above in one.ancestors:
            if above.name == "button" or (above.name == "a" and above.get("href") is not None):
                yield f"{one} can be pressed inside {above}"
            if above.name == "label" and one.name in {"label", "a", "button"}:
                yield f"{one} can be pressed inside {above}"


def _attributes(one: Element) -> Iterator[str]:
    known = FOR_ALL | _listed(FOR_EACH.get(one.name, ""))
    for name, value in one.attributes.items():
        if name not in known and not re.fullmatch(r"(aria|data)-[a-z-]+", name):
            yield f"{one}: there is no {name}"
        if name in {"width", "height", "colspan", "rowspan"} and not value.isdigit():
            yield f"{one}: {name} is no number"
        if name in {"href", "src", "action", "content"} and value != value.strip():
            yield f"{one}: spaces around {name}"
        if name in {"href", "src"} and re.search(r"\s", value):
            yield f"{one}: a space in {name}"
    if one.name == "time":
        said = one.get("datetime") if one.get("datetime") is not None else one.text
        if not MOMENT.fullmatch(said or ""):
            yield f"{one} is no time"
    if re.search(r"\d+w\b", one.get("srcset") or "") and not one.get("sizes"):
        yield f"{one} has widths but no sizes"
    if one.name in HEADINGS and one.get("role") not in {None, "none", "presentation", "tab", "doc-subtitle"}:
        yield f"{one} is a heading and cannot be a {one.get('role')}"
