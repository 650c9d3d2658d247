import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.page.parsing import without_scripts


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


@given(st.text(alphabet="<>/!-script ylevg\"'=", max_size=300))
def test_any_markup_is_taken(html: str) -> None:
    without_scripts(html, 100)


@pytest.mark.parametrize("part", ["<script ", "<!--", "<svg ", "</script", "<script></style", "<"])
def test_the_work_is_linear_in_the_length(part: str) -> None:
    started = time.process_time()
    without_scripts(part * 200_000, 100)
    assert time.process_time() - started < 2
