"""The agencies that a page shows its readers in a line of their own, as in a byline.

A text credit is one that readers see. Systems fill in an author's field in metadata as they like,
and where no line of the page repeats it, it tells machines who wrote and readers nothing.
"""

from lxml.html import HtmlElement

from sources.credits.agencies import agencies_in
from sources.credits.agency_credits import picture_credits

_MAX_CHARS = 80
_MAX_LINES = 20_000


def shown_agencies(tree: HtmlElement) -> frozenset[str]:
    """The agencies named in short lines of the page's body, those of pictures' credits left out."""
    body = tree.find("body")
    found: set[str] = set()
    if body is None:
        return frozenset()
    for seen, piece in enumerate(body.itertext()):
        if seen >= _MAX_LINES:
            break
        line = piece.strip()
        if len(line) <= _MAX_CHARS and (named := agencies_in(line)) and not picture_credits(line):
            found.update(named)
    return frozenset(found)
