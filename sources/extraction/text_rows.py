"""A text that somebody extracted before us as an article, by the same sieve as a page."""

from collections.abc import Sequence

from schemas.article import Article, Snippet
from schemas.page import Rejected, TextRow
from sources.credits.agencies import agency
from sources.extraction.article import PageContent, make_article, make_articles
from sources.limits import Limits
from sources.metadata.person_names import split_names
from sources.metadata.written_dates import read_date
from sources.text.lines import clean_lines
from sources.url_rules import SHIPPED, AddressRules

_MAX_HEADLINE_CHARS = 250


def articles_from_rows(
    rows: Sequence[TextRow], limits: Limits, addresses: AddressRules = SHIPPED
) -> list[Article | Rejected]:
    """What article_from_row makes of each row, in order; cheaper for many rows at once."""
    try:
        return make_articles([_content(row) for row in rows], limits, addresses)
    except Exception:  # noqa: BLE001 - one by one, so that only the row at fault is rejected
        return [article_from_row(row, limits, addresses) for row in rows]


def article_from_row(
    row: TextRow, limits: Limits, addresses: AddressRules = SHIPPED
) -> Article | Rejected:
    """The row's article, or why there is none; never raises."""
    try:
        return make_article(_content(row), limits, addresses)
    except Exception as error:  # noqa: BLE001 - one row's fault is not the run's
        message = f"{type(error).__name__}: {error}"[:500]
        return Rejected(row.input, row.position, row.url, "text", "error", message)


def _content(row: TextRow) -> PageContent:
    lines = list(clean_lines(row.text))
    title, source = row.title, "input"
    # A headline stands alone above at least two paragraphs; a text of one line has none.
    if title is None and len(lines) > 2 and len(lines[0]) <= _MAX_HEADLINE_CHARS:
        title, source = lines.pop(0), "first-line"
    authors = tuple(name for author in row.authors for name in split_names(author))
    times = {
        name: (written, read_date(written) if written else None)
        for name, written in (
            ("published-at", row.published_at),
            ("modified-at", row.modified_at),
            ("fetched-at", row.fetched_at),
        )
    }
    unread = [f"{name}-unread" for name, (written, date) in times.items() if written and not date]
    fetched = times["fetched-at"][1]
    return PageContent(
        input=row.input,
        position=row.position,
        url=row.url,
        declared_url=None,
        outlet=row.outlet,
        title=title,
        title_source=source,
        authors=tuple(dict.fromkeys(authors)),
        author_source="input",
        published=times["published-at"][1],
        date_source="input",
        modified=times["modified-at"][1],
        fetched_at=fetched.moment if fetched else None,
        languages=(row.language,),
        section=row.section,
        lines=tuple(lines),
        snippets=tuple(
            Snippet("wire_credit", wire, name) for name in row.authors if (wire := agency(name))
        ),
        flags=(*row.flags, *unread),
    )
