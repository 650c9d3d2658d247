"""Which lines of a page are its story, in which order, and how much work it is to tell."""

import sys
from types import FrameType

import pytest
from lxml.html import HtmlElement

from sources.limits import Limits
from sources.page.body import standfirst, story_lines
from sources.page.figures import figures_of
from sources.page.page_table import read_table
from sources.page.parsing import parse_tree
from sources.page.places import places_of
from tests.sources.makers import PARAGRAPHS, extracted, html

LONG = "The masons of the valley met for the third time and agreed on how to go on in spring. "
STORY = [f"{number} {LONG * 3}".strip() for number in range(6)]


def test_nested_inline_elements_keep_their_order() -> None:
    written = (
        "First <em>second <strong>third</strong> fourth</em> fifth<br>and the next line of it."
    )
    text = extracted(html([*STORY, written])).text
    assert "First second third fourth fifth\nand the next line of it." in text


def test_spaces_around_latin_words_in_japanese_stay() -> None:
    sentence = (
        "政府は <b>NATO</b> との協力を <a href='/x'>Reuters</a> に対して発表し、説明した。" * 3
    )
    text = extracted(html([f"{number} {sentence}" for number in range(5)])).text
    assert "政府は NATO との協力を Reuters に対して" in text


def test_a_standfirst_is_found_by_the_name_of_the_box_around_it() -> None:
    first = "Half of the old walls above the river will be mended before the next winter comes."
    body = html(STORY).replace("</h1>", f'</h1><div class="article__intro"><p>{first}</p></div>')
    body = body.replace("</div><p>", "</div><div><p>", 1).replace("</body>", "</div></body>")
    text = extracted(body).text
    assert text.startswith(first)
    assert text.count(first) == 1


def test_a_standfirst_that_the_story_holds_is_not_added_again() -> None:
    head = f'<meta name=description content="{STORY[0]}">'
    assert extracted(html(STORY, head=head)).text.count(STORY[0]) == 1


def test_a_table_of_contents_takes_no_heading_from_the_story() -> None:
    sections = [f"Section {number} of the long guide" for number in range(4)]
    contents = "".join(f'<li><a href="#s{part[8]}">{part}</a></li>' for part in sections)
    story = "".join(f"<h2>{part}</h2><p>{STORY[0]} {part[8]}</p>" for part in sections)
    body = html([]).replace("</h1>", f"</h1><article><ul>{contents}</ul>{story}</article>")
    text = extracted(body).text
    assert all(text.count(heading) == 1 for heading in sections)


@pytest.mark.parametrize("end", ["<h3>You may also like</h3>", "<p>Read the other parts here:</p>"])
def test_a_heading_without_anything_below_it_is_no_story(end: str) -> None:
    assert extracted(html(STORY).replace("</body>", f"{end}</body>")).text.endswith(STORY[-1])


BARE = "We stood at the rail and nobody said a word until the lighthouse came in sight."


@pytest.mark.parametrize(
    "box",
    [
        f"<div>{BARE}</div>",
        f"<div class=q><div class=t>{BARE}</div></div>",
        f"<div><b>We</b>{BARE[2:]}</div>",
        f"<h2>What changes</h2><div><ul><li>{BARE[:-1]}</li></ul></div>",
        f"<table><tr><td>Lorries</td><td>{BARE[:-1]}</td></tr></table>",
    ],
)
@pytest.mark.parametrize("is_last", [True, False])
def test_a_line_between_paragraphs_that_is_not_marked_as_one_is_story(
    box: str, *, is_last: bool
) -> None:
    story = [f"<p>{part}</p>" for part in STORY]
    story.insert(len(story) if is_last else 2, box)
    body = html([]).replace("</h1>", f"</h1><article><div>{''.join(story)}</div></article>")
    text = extracted(body).text
    assert text.count(BARE[3:-1]) == 1
    assert [text.index(part) for part in STORY] == sorted(text.index(part) for part in STORY)


@pytest.mark.parametrize(
    "box",
    [
        "<div>Advertisement</div>",
        f"<div class=byline>{BARE}</div>",
        f"<div><a href='/x'>{BARE}</a></div>",
        f"<div><span>Read more</span><div>{BARE}</div></div>",
        f"<div><ul><li>{BARE[:-1]}</li></ul></div>",
        f"<table><tr><td><pre>{BARE}</pre></td><td>1</td></tr></table>",
    ],
)
def test_labels_links_and_boxes_of_more_than_a_line_are_none(box: str) -> None:
    story = "".join(f"<p>{part}</p>" for part in STORY[:3])
    rest = "".join(f"<p>{part}</p>" for part in STORY[3:])
    page = f"</h1><article><div>{story}{box}{rest}</div></article>"
    text = extracted(html([]).replace("</h1>", page)).text
    assert "until the lighthouse" not in text
    assert "Advertisement" not in text


def test_pieces_of_a_story_that_share_a_name_stay_together() -> None:
    pieces = "".join(f'<div class="collection"><p>{part}</p></div>' for part in STORY)
    text = extracted(html(["A first line."]).replace("</body>", f"{pieces}</body>")).text
    assert all(part in text for part in STORY)


def test_a_box_about_the_author_is_no_story() -> None:
    box = f'<div class="author-bio"><p>Ann Lee writes about bridges. {LONG}</p></div>'
    body = html(STORY).replace("</body>", f"{box}</body>")
    assert "Ann Lee" not in extracted(body).text


def test_a_list_of_links_that_is_the_story_stays() -> None:
    names = [f"A longer name of link {number} to something worth a look" for number in range(30)]
    links = "".join(f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(names))
    tree = parse_tree(f"<html><body><h1>Links</h1><ul>{links}</ul></body></html>", Limits())
    assert story_lines(tree, "<p>", None, lambda _tree, _fast: names) == names


def test_a_longer_discussion_below_the_story_is_not_the_main_part() -> None:
    said = "".join(
        f'<li class="said"><div class="words"><p>Reader {number}: {LONG * 2}</p></div></li>'
        for number in range(30)
    )
    body = html(STORY).replace("<h1>", "<main><div><h1>").replace("</body>", "</div>")
    text = extracted(f"{body}<ul>{said}</ul></main></body></html>").text
    assert STORY[2] in text
    assert "Reader 7" not in text


def test_a_paragraph_in_a_box_named_after_its_picture_is_story() -> None:
    long = f"Beside the picture. {LONG * 6}"
    box = f'<div class="body-image"><img src="a.jpg"><p>{long}</p></div>'
    text = extracted(html(STORY).replace(f"<p>{STORY[3]}</p>", f"{box}<p>{STORY[3]}</p>")).text
    assert long.strip() in text


SHAPES = {
    "headings that are links": "<h3><a href=/a>A heading that is a link</a></h3>",
    "boxes of one name": f"<div class=related><p>{LONG}</p></div>",
    "boxes named as standfirsts": f"<div class=intro><p>{LONG}</p></div>",
    "pictures": "<figure><img src=a><figcaption>A caption of some words</figcaption></figure>",
    "nested boxes": "<div>" * 40 + "words" + "</div>" * 40,
    "stories with headlines": f"<article class=story><h1>Another</h1><p>{LONG}</p></article>",
    "open elements": f"<p>{LONG}<b><i>",
}


def steps(markup: str) -> int:
    """How many functions are called, of Python's or of a library's, to read a page's story."""
    count = 0

    def on_event(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(on_event)
    try:
        table = read_table(markup)
        places = places_of(table, next(table.rows("h1"), None))
        pictured = [figure.row for figure in figures_of(table, places)]
        tree = parse_tree(markup, Limits())
        lines = story_lines(tree, markup, None, _no_lines, pictured)
        standfirst(table, places, pictured, LONG, lines)
    finally:
        sys.setprofile(None)
    return count


def _no_lines(_tree: HtmlElement, _is_fast: bool) -> list[str]:
    return []


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_twice_the_markup_is_twice_the_work(shape: str) -> None:
    once, twice = (html(PARAGRAPHS * 3).replace("</body>", shape * n) for n in (100, 200))
    steps(once)  # what is compiled and imported at first use counts for nothing
    assert steps(twice) < 2.3 * steps(once)
