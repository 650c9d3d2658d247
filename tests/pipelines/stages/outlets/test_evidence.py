"""Evidence about hosts as batches and back, and which articles may hold any."""

from dataclasses import replace

import pyarrow as pa

from pipelines.stages.outlets.evidence import announcing, evidence_bytes, evidence_of
from schemas.article import Article, Snippet
from sources.mirrors.evidence import ANNOUNCED, CANONICAL, HREFLANG, MirrorEvidence
from tests.pipelines.stages.makers import article, at, staged
from tests.sources.makers import PARAGRAPHS

TEXT = "\n".join(PARAGRAPHS)


def fact(kind: str = ANNOUNCED, minute: int = 0, article_id: str | None = "2") -> MirrorEvidence:
    seen = (at(minute), at(minute))
    return MirrorEvidence("a.example", "b.example", kind, 1, 3, article_id, "our other site", *seen)


def test_facts_of_all_batches_add_up_by_hosts_and_kind() -> None:
    batches = [[fact(minute=5)], [], [fact(CANONICAL), fact(minute=1, article_id="1")]]
    canonical, announced = sorted(
        evidence_of(map(evidence_bytes, batches)), key=lambda fact: fact.n_observed
    )
    assert canonical == fact(CANONICAL)
    assert (announced.n_observed, announced.article_id) == (2, "1")
    assert (announced.first_seen_at, announced.last_seen_at) == (at(1), at(5))


def test_what_the_registry_says_has_no_article_and_comes_back_so() -> None:
    nobodys = replace(fact(), article_id=None, first_seen_at=None, last_seen_at=None)
    assert evidence_of([evidence_bytes([nobodys])]) == [nobodys]


def test_an_article_that_names_another_address_host_or_language_is_looked_at_and_no_other() -> None:
    plain = article(TEXT)
    caption = replace(plain, snippets=(Snippet("caption", "a bridge", "a bridge"),))
    hreflang = (*caption.snippets, Snippet(HREFLANG, "b.example", "de"))
    telling: list[Article] = [
        replace(plain, declared_url="https://b.example/1"),
        replace(plain, announced_hosts=("b.example",)),
        replace(plain, snippets=hreflang),
    ]
    rows = [plain, telling[0], caption, telling[1], telling[2], plain]
    assert announcing(staged(*rows)) == telling
    halves = pa.concat_tables([staged(*rows[:3]), staged(*rows[3:])])
    assert announcing(halves) == telling
    assert announcing(staged()) == []
