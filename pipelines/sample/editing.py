"""What a desk does to a story: the paragraphs and credits of one page."""

from pipelines.sample.outlets import Placement


def published_paragraphs(page: Placement) -> tuple[str, ...]:
    """Return the paragraphs as the page prints them, dateline and closing lines included."""
    body = page.story.paragraphs
    paragraphs = tuple(body[index] for index in page.keep) if page.keep else body
    first, *rest = (_edited(paragraph, page.replace) for paragraph in paragraphs)
    openings = tuple(text for story in page.openings for text in story.paragraphs[:2])
    # A round-up introduces the openings and signs off after them.
    head, tail = (rest[:-1], rest[-1:]) if openings else (rest, [])
    return (_dateline(page) + first, *head, *openings, *tail, *page.append)


def wire_of(page: Placement) -> str | None:
    """Return the agency that the printed dateline names, None without one."""
    return page.story.wire if _dateline(page) else None


def outlet_credit_of(page: Placement, outlet_name: str) -> str | None:
    """Return the other outlet that the text names as its origin, None where it names none."""
    named = page.outlet_credit or (page.story.outlet_credit if _dateline(page) else None)
    return None if named == outlet_name else named


def _dateline(page: Placement) -> str:
    return page.story.dateline if page.dateline is None else page.dateline


def _edited(paragraph: str, replacements: tuple[tuple[str, str], ...]) -> str:
    for old, new in replacements:
        paragraph = paragraph.replace(old, new)
    return paragraph
