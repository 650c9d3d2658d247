"""Paragraphs are made of bare text and nothing else; what is hidden goes unless it is the story."""

from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, fromstring

from sources.page.clutter import drop_hidden
from sources.page.paragraphs import block_text, mark_paragraphs, paragraph_blocks

LINE = "The harbour board met again on Friday and heard from eleven fishermen of the town. "


def marked(body: str) -> HtmlElement:
    tree = fromstring(f"<html><body>{body}</body></html>")
    mark_paragraphs(tree)
    return tree


def paragraphs(tree: HtmlElement) -> list[str]:
    return [block_text(character) for character in tree.iter("p")]


def test_line_breaks_that_open_a_text_are_no_paragraph() -> None:
    assert paragraphs(marked(f"<div><br><br>{LINE}<br><br><br>{LINE}</div>")) == [LINE.strip()] * 2


def test_single_line_breaks_stay_within_their_paragraph() -> None:
    assert paragraphs(marked(f"<div>{LINE}<br>{LINE}</div>")) == [f"{LINE}{LINE}".strip()]


def test_text_between_blocks_keeps_its_place() -> None:
    tree = marked(f"<div>1 {LINE}<p>2 {LINE}</p>3 <b>bold</b> {LINE}<ul><li>4</ul></div>")
    assert [text[0] for text in paragraphs(tree)] == ["1", "2", "3"]


def test_control_characters_in_bare_text_cost_no_page() -> None:
    # found by fuzzing: a form feed, which old pages hold, made the whole page a rejected one
    paragraphs_read = paragraphs(
        marked(f"<div>\x0c{LINE}\x01<br><br>{LINE}\x0b{LINE}<p>{LINE}</div>")
    )
    assert [" ".join(text.split()) for text in paragraphs_read][-1] == LINE.strip()
    assert len(paragraphs_read) == 3


def test_a_cell_of_a_table_of_facts_is_no_paragraph() -> None:
    assert paragraphs(marked(f"<table><tr><td>{LINE}<td>{LINE}</table>")) == []


def test_a_byline_is_no_paragraph() -> None:
    assert paragraphs(marked(f'<div class="byline">By Ines Aldane, {LINE}</div>')) == []


PIECES = st.sampled_from(
    [LINE, "short", "<br>", "<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<td>", "<a href=x>"]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_marking_neither_loses_nor_moves_a_word(body: str) -> None:
    before = "".join(fromstring(f"<html><body>{body}</body></html>").itertext()).split()
    assert "".join(marked(body).itertext()).split() == before


def left(body: str) -> list[str]:
    tree = fromstring(f"<html><body>{body}</body></html>")
    drop_hidden(tree, {block.element: len(block.text) for block in paragraph_blocks(tree)})
    return paragraphs(tree)


def test_what_no_reader_sees_goes() -> None:
    body = f'<p>1 {LINE}</p><p>2 {LINE}</p><div style="display : none"><p>3 {LINE}</p></div>'
    assert [text[0] for text in left(body)] == ["1", "2"]


def test_a_story_that_waits_for_a_script_stays() -> None:
    assert len(left(f"<p>{LINE}</p><div hidden><p>{LINE}</p><p>{LINE}</p></div>")) == 3
