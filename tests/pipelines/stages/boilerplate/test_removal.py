"""Staged articles lose the lines that recur at their outlet, a table at once."""

from dataclasses import replace

import numpy as np
import pytest

from dedupe.text.boilerplate import Boilerplate
from pipelines.exchange.article_keys import boilerplate_outlets
from pipelines.stages.boilerplate.removal import clean_table, with_registered_agencies
from schemas.article import Article, Snippet
from schemas.staged_articles import article_records
from sources.outlets.registry import Outlet, Registry
from sources.text.line_hashes import line_hashes
from tests.pipelines.stages.makers import article, staged
from tests.sources.makers import PARAGRAPHS

STORY = "\n".join(PARAGRAPHS)
FOOT = "The harbour office keeps its rooms open on weekdays and sells maps of the old sea wall."
MIRROR = ("Our pages can also be accessed at the following alternate addresses:", "www.b.example")


def recurring(*lines: str, at: Article) -> Boilerplate:
    """These lines are boilerplate of the article's outlet."""
    (outlet,) = boilerplate_outlets(staged(at)).tolist()
    values = np.sort(line_hashes(["\n".join(lines)]).values)
    return Boilerplate(np.full(len(values), outlet), values, np.zeros(len(values), np.uint64))


def cleaned(*articles: Article, lines: tuple[str, ...] = (FOOT,)) -> list[Article]:
    return article_records(clean_table(staged(*articles), recurring(*lines, at=articles[0])))


def test_an_outlets_line_goes_from_its_articles_and_nothing_else_changes() -> None:
    framed, plain = article(f"{STORY}\n{FOOT}"), article(STORY, "https://a.example/2")
    shorter, same = cleaned(framed, plain)
    assert same == plain
    words = framed.word_count - len(FOOT.split())
    assert shorter == replace(framed, text=STORY, word_count=words)


def test_the_same_line_of_another_outlet_stays() -> None:
    ours, others = (article(f"{STORY}\n{FOOT}", f"https://{host}.example/1") for host in "ab")
    assert [row.text for row in cleaned(ours, others)] == [STORY, others.text]


def test_where_no_line_recurs_the_table_is_given_back_as_it_is() -> None:
    table = staged(article(STORY))
    assert clean_table(table, recurring(FOOT, at=article(STORY))) is table


def test_too_little_text_stays_whole_and_is_flagged() -> None:
    framed = article(f"{STORY}\n{FOOT}")
    (flagged,) = cleaned(framed, lines=(*PARAGRAPHS, FOOT))
    assert flagged == replace(framed, flags=("all-boilerplate",))


def test_evidence_that_stood_in_the_line_goes_with_it() -> None:
    credited = replace(
        article(f"{STORY}\n{FOOT}"),
        wire_credits=("AP",),
        snippets=(Snippet("wire_credit", "AP", FOOT),),
    )
    (shorter,) = cleaned(credited)
    assert (shorter.text, shorter.wire_credits, shorter.snippets) == (STORY, (), ())


def test_a_host_that_the_line_announces_is_kept_as_evidence() -> None:
    framed = replace(article(STORY), text="\n".join([STORY, FOOT, *MIRROR]))
    (shorter,) = cleaned(framed, lines=(FOOT, *MIRROR))
    assert (shorter.text, shorter.announced_hosts) == (STORY, ("b.example",))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_rows_keep_their_order_whichever_of_them_become_records(order: tuple[int, ...]) -> None:
    plain = article(STORY, "https://a.example/1")
    framed = article(f"{STORY}\n{FOOT}", "https://a.example/2")
    telling = replace(article(STORY, "https://a.example/3"), text="\n".join([STORY, FOOT, *MIRROR]))
    rows = [[plain, framed, telling][place] for place in order]
    shorter = cleaned(*rows, lines=(FOOT, *MIRROR))
    assert [row.url for row in shorter] == [row.url for row in rows]
    assert {row.text for row in shorter} == {STORY}


def test_credits_of_outlets_that_the_registry_calls_agencies_become_wire_credits() -> None:
    registry = Registry((Outlet("hna", "HNA", "agency", names=("Harbour News Agency",)),))
    credited = article(f"{STORY}\nSource: Harbour News Agency")
    plain = article(STORY, "https://a.example/2")
    first, second = article_records(with_registered_agencies(staged(plain, credited), registry))
    assert first == plain
    assert credited.outlet_credits == ("Harbour News Agency",)
    assert (second.wire_credits, second.outlet_credits) == (("HNA",), ())
