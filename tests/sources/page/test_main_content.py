"""The part of a page that holds its story, and how much of the page an extractor has to see."""

from lxml.html import HtmlElement, fromstring

from sources.page.main_content import MainPart, alone, complete_lines, main_part, story_scope
from sources.page.paragraphs import paragraph_blocks

LINE = "The harbour board met again on Friday and heard from eleven fishermen of the town. "
STORY = "".join(f"<p>{n} {LINE * 3}</p>" for n in range(5))
TEASERS = "".join(f'<div class="box"><p>{n} {LINE}</p></div>' for n in range(30))


def page(body: str) -> HtmlElement:
    return fromstring(f"<html><body>{body}</body></html>")


def part_of(tree: HtmlElement) -> MainPart:
    return main_part(paragraph_blocks(tree))


def test_a_long_list_of_teasers_is_not_the_main_part() -> None:
    tree = page(f'<div class="story">{STORY}</div><div>{TEASERS}</div>')
    assert [holder.get("class") for holder in part_of(tree).holders] == ["story"]


def test_a_story_in_pieces_between_advertisements_is_one_part() -> None:
    tree = page(f'<div class="s">{STORY}</div><div>Ad</div><div class="s">{STORY}</div>')
    assert len(part_of(tree).holders) == 2


def test_the_scope_is_the_smallest_element_with_nearly_all_paragraphs() -> None:
    tree = page(f'<div class="page"><div class="story">{STORY * 2}</div><p>{LINE}</p></div>')
    scope = story_scope(paragraph_blocks(tree), part_of(tree))
    assert scope is not None
    assert scope.get("class") == "story"


def test_the_scope_of_two_halves_is_what_holds_both() -> None:
    tree = page(f'<div class="both"><section>{STORY}</section><section>{STORY}</section></div>')
    scope = story_scope(paragraph_blocks(tree), part_of(tree))
    assert scope is not None
    assert scope.get("class") == "both"


def test_a_part_alone_keeps_the_names_around_it_and_nothing_else() -> None:
    tree = page(f'<nav>Home</nav><article id="a">By<div class="story">{STORY}</div>End</article>')
    copied = alone(tree.find(".//div"))
    assert [element.tag for element in copied.iter()][:4] == ["html", "body", "article", "div"]
    assert copied.find(".//article").get("id") == "a"
    assert copied.text_content().startswith("0 The harbour")
    assert not copied.text_content().endswith("End")


def test_lines_that_leave_nothing_out_need_no_extractor() -> None:
    tree = page(f'<div class="story"><h2>Again</h2>{STORY}</div>')
    blocks = paragraph_blocks(tree)
    scope = story_scope(blocks, main_part(blocks))
    assert scope is not None
    assert len(complete_lines(tree, blocks, main_part(blocks), scope)) == 6


def test_lines_that_leave_text_out_are_not_complete() -> None:
    outside = f"<div><span>{LINE * 9}</span> and more</div>"  # bare, and no sentence
    tree = page(f'<div class="story">{STORY}{outside}</div>')
    blocks = paragraph_blocks(tree)
    scope = story_scope(blocks, main_part(blocks))
    assert scope is not None
    assert complete_lines(tree, blocks, main_part(blocks), scope) == []
