"""How large real news pages are and what of: `python benchmarks/page_shapes.py`.

Counts what stands around the text in the pages by which extraction is judged: those of
Readability's tests and the held-out set, of which nothing but sizes is looked at. Prints the tenths
that benchmarks/planted_pages.py builds its pages by.
"""

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from extraction import HOME
from extraction_held_out import judged_pages
from extraction_pages import readability_pages

_CODE = re.compile(rb"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(rb"<[a-z][^<>]*>", re.IGNORECASE)
_LINK = re.compile(rb"<a\b", re.IGNORECASE)
_BETWEEN = re.compile(rb"<[^<>]*>|\s+")
TENTHS = range(5, 100, 10)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a page consists of."""

    size_bytes: int
    code_bytes: int
    """Of scripts and style sheets."""
    tags: int
    """Outside of them, those that open an element."""
    links: int
    text_bytes: int
    """Outside of them and of tags."""


def shape_of(body: bytes) -> Shape:
    """The shape of a page."""
    rest = _CODE.sub(b"", body)
    tags = _TAG.findall(rest)
    text = _BETWEEN.sub(b" ", rest)
    links = sum(1 for tag in tags if _LINK.match(tag))
    return Shape(len(body), len(body) - len(rest), len(tags), links, len(text))


def report(name: str, bodies: Sequence[bytes]) -> None:
    """Prints the middle of each tenth of the pages, by each measure."""
    shapes = [shape_of(body) for body in bodies]
    print(f"{name}, {len(shapes)} pages; middles of the tenths of each measure, and the mean")
    for place, field in enumerate(fields(Shape)):
        values = np.array([astuple(shape)[place] for shape in shapes])
        tenths = " ".join(f"{tenth:.0f}" for tenth in np.percentile(values, list(TENTHS)))
        print(f"  {field.name}: {tenths}; mean {values.mean():.0f}")


def main() -> None:
    """Measures both sets."""
    report("Readability's", [page.body for page in readability_pages(HOME / "readability-pages")])
    report("held out", [page.body for page in judged_pages(HOME / "held-out")])


if __name__ == "__main__":
    main()
