"""Values for every block in every state, made from the block's own definition: no new block is left out."""

from typing import Any

from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from home.links import LinkBlock

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
WORDS = {
    "bare": "Three words here",
    "full": "Come for the cookies, stay for the people, and leave with a group chat that outlives the term",
    "long": f"{LONG_WORD} {LONG_WORD}",
    "emoji": "🎉 Cookies 🍪 & Code 👩🏽‍💻 👩‍🦽 für جميع 皆さん",
}
STATES = ("preview", "bare", "full", "long", "emoji")
STATE_LABELS = {
    "preview": "As it is offered",
    "bare": "Only what must be there, no picture",
    "full": "Everything, as many as it takes",
    "long": "Very long words",
    "emoji": "Emoji, and letters of other scripts",
}
MANY = 12  # the styleguide shows at most so many of what may be forty


def value_of(block: blocks.Block, state: str, *, files: bool = True) -> Any:
    """A value of this block in that state; `files` False leaves out pictures and documents."""
    if state == "preview":
        return block.get_preview_value()
    return block.normalize(_raw(block, state, files=files))


def _raw(block: blocks.Block, state: str, *, files: bool) -> Any:
    if isinstance(block, blocks.StructBlock):
        return _struct(block, state, files=files)
    if isinstance(block, blocks.ListBlock):
        least, most = block.meta.min_num or 1, block.meta.max_num or MANY
        count = min(most, MANY) if state == "full" else least
        return [_raw(block.child_block, state, files=files) for _ in range(count)]
    if isinstance(block, blocks.ChoiceBlock):
        return _choice(block, state)
    if isinstance(block, blocks.RichTextBlock):
        return f"<p>{WORDS[state].replace('&', '&amp;')}. <b>And more</b> of it.</p>" * (3 if state == "full" else 1)
    if isinstance(block, blocks.ChooserBlock):
        return _chosen(block, state) if files else None
    if isinstance(block, blocks.IntegerBlock):
        return block.field.min_value or 1
    if isinstance(block, blocks.URLBlock):
        return "https://www.youtube.com/watch?v=aaaaaaaaaaa"
    return WORDS[state][: getattr(block.field, "max_length", None) or 200]


def _struct(block: blocks.StructBlock, state: str, *, files: bool) -> dict[str, Any]:
    found = {}
    for name, child in block.child_blocks.items():
        needed = child.required or isinstance(child, blocks.ListBlock) or type(child) is LinkBlock
        if needed or state != "bare":
            found[name] = _raw(child, state, files=files)
    if "page" in found and "address" in block.child_blocks:  # a link leads to one of the two
        found.update(page=None, address="/")
    return found


def _choice(block: blocks.ChoiceBlock, state: str) -> str:
    choices = [value for value, _ in block.field.choices if value]
    if state == "bare":
        return str(block.get_default() or "")
    return str(choices[-1] if state == "full" else choices[0])


def _chosen(block: blocks.ChooserBlock, state: str) -> Any:
    """The newest picture or file of the site where one is needed; none where it may be missing."""
    model = block.target_model
    if model not in {get_image_model(), get_document_model()} or not (block.required or state == "full"):
        return None
    return model.objects.order_by("-pk").first()
