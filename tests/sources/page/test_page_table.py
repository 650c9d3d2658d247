"""Rows of a page are its tree's, and each has its place."""

from hypothesis import given
from hypothesis import strategies as st

from sources.limits import Limits
from sources.metadata.headline import headline_row
from sources.page.frame_lines import frame_lines
from sources.page.page_table import PageTable, read_table
from sources.page.parsing import GateError, parse_tree
from sources.page.places import Place, places_of
from tests.sources.makers import PARAGRAPHS, html

TAGS = ("p", "div", "a", "span", "b", "table", "tr", "td", "ul", "li", "h1", "br", "img", "form")
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS]),
    st.sampled_from([f"</{tag}>" for tag in TAGS]),
    st.sampled_from(["<div class=x id=y>", "text", " ", "&amp;", "<!-- c -->", "</html>", "<"]),
)


@given(st.lists(PIECES, min_size=1, max_size=40))
def test_rows_are_the_elements_of_the_tree(pieces: list[str]) -> None:
    markup = f"<html><body>{''.join(pieces)}</body></html>"
    try:
        elements = list(parse_tree(markup, Limits()).iter())
    except GateError:
        return
    table = read_table(markup)
    rows = {element: row for row, element in enumerate(elements)}
    assert list(table.tags) == [element.tag for element in elements]
    assert list(table.parents) == [rows.get(element.getparent(), -1) for element in elements]
    texts = ["".join(element.itertext()).split() for element in elements]
    assert ["".join(table.text_of(row).split()) for row in rows.values()] == list(
        map("".join, texts)
    )


def place_of(table: PageTable, text: str) -> Place:
    places = places_of(table, headline_row(table, ["Bridge stays open"]))
    row = max(row for row in range(len(table)) if text in table.text_of(row))
    return places[row]


def test_parts_of_a_page_have_their_places() -> None:
    page = html().replace("<body>", "<body><nav>Menu</nav><main><article>")
    page = page.replace("</h1>", "</h1><p>By Ann Lee</p>").replace(
        "</body>",
        "</article></main><div class=comments><p>Well said</p></div>"
        "<footer>Also available at example.net</footer></body>",
    )
    table = read_table(page)
    assert place_of(table, "Menu") is Place.NAVIGATION
    assert place_of(table, "Bridge stays open") is Place.HEADLINE
    assert place_of(table, "By Ann Lee") is Place.BELOW
    assert place_of(table, PARAGRAPHS[1]) is Place.STORY
    assert place_of(table, "Well said") is Place.COMMENTS
    assert place_of(table, "Also available") is Place.FOOTER


def test_the_frame_is_all_that_speaks_for_the_outlet() -> None:
    page = html().replace(
        "</body>",
        "<div class=comments><p>Also available at evil.example</p></div>"
        "<footer>Also available at example.net</footer></body>",
    )
    table = read_table(page)
    lines = frame_lines(table, places_of(table, headline_row(table, ["Bridge stays open"])))
    assert ("Also available at example.net", "footer") in lines
    assert all("evil.example" not in line.text for line in lines)
