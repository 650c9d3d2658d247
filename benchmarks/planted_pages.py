"""Planted texts as pages that are as large, and of as much, as real news pages are.

An outlet's pages have the shape of one tenth of 983 real ones (the held-out set of
benchmarks/extraction_held_out.py, 2010 to 2021; `python benchmarks/page_shapes.py` measures it):
bytes, scripts and styles, elements, links, text that is not the article's. Today's pages are
larger rather than smaller.
"""

from collections.abc import Iterator
from html import escape
from typing import Any
from zlib import crc32

SIZES = (22234, 42209, 57813, 69810, 83804, 105851, 132240, 174581, 240439, 394366)
CODE = (907, 3425, 6298, 10223, 14924, 22234, 32598, 53806, 99216, 243148)
TAGS = (210, 341, 436, 511, 605, 696, 804, 952, 1199, 1720)
LINKS = (27, 55, 74, 90, 108, 131, 156, 188, 239, 401)
TEXT = (3268, 5354, 6710, 8185, 9441, 10872, 12985, 15174, 20124, 31714)
_HEAD = """<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} | {outlet}</title>
<meta property=og:site_name content="{outlet}"><script type="application/ld+json">{{"@context":
"https://schema.org","@type":"NewsArticle","headline":"{title}","datePublished":"{published_at}"}}
</script><script>{script}</script><style>{style}</style></head><body>"""
_SCRIPT = (
    'window.q=window.q||[];q.push({{"slot":{0},"size":[{0},250],"on":function(e){{e.x={0}}}}});'
)
_STYLE = ".c{0}{{margin:0 {0}px;color:#0a{0};background:url(/i/{0}.png)}}"
_WORDS = ("more", "from", "our", "pages", "today", "on", "markets", "and", "weather", "in", "town")


def page_of(row: dict[str, Any], number: int) -> bytes:
    """The page of a planted row; `number` is its place in its day."""
    tenth = crc32(row["outlet"].encode()) % len(SIZES)
    escaped = {name: escape(row[name]) for name in ("title", "outlet", "published_at")}
    half = CODE[tenth] // 2
    head = _HEAD.format(**escaped, script=_filled(_SCRIPT, half), style=_filled(_STYLE, half))
    paragraphs = [f"<p>{escape(part)}</p>" for part in row["text"].split("\n")]
    story = f"<main><article><h1>{escaped['title']}</h1>{''.join(paragraphs)}</article></main>"
    links = LINKS[tenth]
    boxes = max(links, TAGS[tenth] - len(paragraphs) - links - 16)
    letters = max(12, (TEXT[tenth] - len(row["text"])) // links)
    around = list(_links(number, links, letters, boxes))
    page = _joined(head, around, story, "")
    # what is missing stands in attributes, as it does in real pages
    marks = "x" * ((SIZES[tenth] - len(page.encode())) // boxes - len(' data-of=""'))
    return _joined(head, around, story, f' data-of="{marks}"' if marks else "").encode()


def _filled(pattern: str, size_bytes: int) -> str:
    """Some code of about this size."""
    return "".join(pattern.format(100 + n) for n in range(size_bytes // len(pattern)))


def _links(number: int, links: int, letters: int, boxes: int) -> Iterator[str]:
    """Links with some text, together in so many boxes; MARK stands for attributes of these."""
    for n in range(links):
        depth = boxes * (n + 1) // links - boxes * n // links
        words = [_WORDS[(number + n * step) % len(_WORDS)] for step in range(letters // 6 + 1)]
        text = f"{' '.join(words)} {number} {n}"[-letters:]
        link = f"<a href=/{number % 90}/{n}>{text}</a>"
        yield f"{'<div MARK>' * depth}{link}{'</div>' * depth}"


def _joined(head: str, around: list[str], story: str, mark: str) -> str:
    """A third of the links above the story, the others beside and below it."""
    third, two = len(around) // 3, 2 * len(around) // 3
    parts = [
        f"<header><nav>{''.join(around[:third])}</nav></header>",
        story,
        f"<aside>{''.join(around[third:two])}</aside><footer>{''.join(around[two:])}</footer>",
    ]
    return head + "".join(parts).replace(" MARK", mark) + "</body></html>"
