import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.page.parsing import without_scripts
from tests.cpu_time import within


def test_scripts_styles_drawings_and_comments_are_gone() -> None:
    html = "a<script>if (1<2) {}</script>b<STYLE x>p{}</style >c<!-- d --><svg><path/></svg>e"
    assert without_scripts(html, 100).html.split() == ["a", "b", "c", "e"]


def test_json_ld_is_handed_back() -> None:
    html = '<script type="application/ld+json">{"a": 1}</script><script>x</script>'
    assert without_scripts(html, 100).json_ld == ('{"a": 1}',)


def test_a_block_of_json_ld_over_the_limit_is_left_out() -> None:
    html = f'<script type="application/ld+json">{"[" * 200}</script><p>story</p>'
    markup = without_scripts(html, 100)
    assert markup.json_ld == ()
    assert "story" in markup.html


def test_a_script_that_never_ends_swallows_what_follows() -> None:
    assert without_scripts("before<script>after", 100).html == "before"


def test_a_comment_that_never_ends_does_not() -> None:
    assert "after" in without_scripts("before<!--after", 100).html


def test_sentences_in_neighbouring_spans_are_kept_apart() -> None:
    assert "<br>" in without_scripts("<span>One.</span><span>Two.</span>", 100).html


def test_a_declarative_shadow_root_is_read_and_another_template_is_not() -> None:
    html = "<x-story><template shadowrootmode=open><p>words</p></template></x-story>"
    assert "words" in without_scripts(html, 100).html
    assert "words" not in without_scripts(html.replace(" shadowrootmode=open", ""), 100).html


def test_a_story_for_readers_without_scripts_is_read_and_a_notice_is_not() -> None:
    story = "<noscript><p>one</p><p>two</p><script>no()</script><p>three</p></noscript>"
    text = without_scripts(story, 100).html
    assert all(word in text for word in ("one", "two", "three"))
    assert "no()" not in text
    assert "one" not in without_scripts("<noscript><p>one</p></noscript>", 100).html


@pytest.mark.parametrize("opening", ["<noscript>", "<template shadowrootmode=open>", "<svg>"])
def test_elements_within_elements_are_looked_at_once_each(opening: str) -> None:
    searched = []

    class Searched(str):
        def count(self, *bounds: object) -> int:
            searched.append(bounds)
            return str.count(self, *bounds)  # type: ignore[arg-type]

    name = opening[1:].partition(" ")[0].strip(">")
    page = Searched(opening * 500 + "<p>a<p>b<p>c" + f"</{name}>" * 500)
    assert "svg" in opening or "<p>c" in without_scripts(page, 100).html
    assert len(searched) <= 1


@given(st.text(alphabet="<>/!-script ylevg\"'=", max_size=300))
def test_any_markup_is_taken(html: str) -> None:
    without_scripts(html, 100)


@pytest.mark.parametrize("part", ["<script ", "<!--", "<svg ", "</script", "<script></style", "<"])
def test_the_work_is_linear_in_the_length(part: str) -> None:
    within(2, lambda: without_scripts(part * 200_000, 100))
