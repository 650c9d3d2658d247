"""What the system that made a page calls it: by the generator it names and the body's classes.

A claim like `og:type`, but one that nobody chose: the system knows a post from a page that stands
in a menu, a product, a date in a calendar, and writes it on every page.
"""

import re

from sources.metadata.head import PageHead
from sources.page.page_table import PageTable

_GENERATORS = re.compile(r"(?i)mediawiki|phpbb|vbulletin|xenforo|discourse")
_MAX_CLASS_CHARS = 2_000
_POST = re.compile(r"postid-\d{1,12}")
_ATTACHMENT = re.compile(r"attachmentid-\d{1,12}")
_STANDING = re.compile(r"page-id-\d{1,12}")
_TYPED = re.compile(r"single-(?:\w{1,40}_)?(\w{1,40}?)")
"""WordPress's class of one post of a type; plugins put their own name before the type."""
_NO_POSTS = ("product", "event", "events")
"""Types of posts that tell of no story: what is sold, and when something takes place."""


def kind_by_system(table: PageTable, head: PageHead) -> str | None:
    """The kind of page where the system that made it calls it something other than a story."""
    if _GENERATORS.search(head.first("generator") or ""):
        return "other"
    classes = _body_classes(table)
    if any(map(_ATTACHMENT.fullmatch, classes)):
        return "gallery"
    if not any(map(_POST.fullmatch, classes)):
        return None
    typed = (_TYPED.fullmatch(name) for name in classes)
    return "other" if any(match and match[1] in _NO_POSTS for match in typed) else None


def is_standing_page(table: PageTable) -> bool:
    """Whether the system calls it a page, which stands beside the stream of dated posts."""
    return any(map(_STANDING.fullmatch, _body_classes(table)))


def _body_classes(table: PageTable) -> list[str]:
    body = next(table.rows("body"), None) if len(table) else None
    return [] if body is None else table.get(body, "class")[:_MAX_CLASS_CHARS].split()
