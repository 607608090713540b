"""How long a text takes to read."""

import re

from wagtail.blocks import StreamValue

WORDS_A_MINUTE = 220
# A word; where a script writes none apart (Chinese, Japanese), two signs count as one.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{1,2}|[^\W\u3040-\u30ff\u3400-\u9fff]+(?:['’-]\w+)*")


def minutes_to_read(lede: str, body: StreamValue) -> int:
    """Whole minutes for the lede and every word of the blocks; at least one."""
    texts = [lede, *body.stream_block.get_searchable_content(body)]
    words = sum(len(WORD.findall(str(text))) for text in texts)
    return max(1, round(words / WORDS_A_MINUTE))
