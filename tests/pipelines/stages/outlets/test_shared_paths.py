"""Evidence for mirrors: the same text under the same path on two hosts."""

from typing import Any

import numpy as np

from dedupe.verification.relations import Relation
from pipelines.stages.outlets.shared_paths import shared_paths
from sources.mirrors.evidence import SAME_PATH, MirrorEvidence
from sources.stories.sightings import TimeRules
from tests.pipelines.stages.makers import at, identifier, member, members, pair, pairs

SAME: dict[str, Any] = {"path": "news/1", "path_key": 7, "text_key": 7}


def evidence(*rows: Any, verified: Any = None) -> list[MirrorEvidence]:
    """Of members 1 and 2, verified as the same text, all of one component."""
    table = members(*rows)
    same = pairs(*(verified or [pair(1, 2, Relation.EXACT, 100)]))
    labels = np.ones(table.num_rows, np.uint64)
    return shared_paths(table, same, labels, TimeRules()).get(1, [])


def test_the_same_text_under_one_path_on_two_hosts_is_one_observation() -> None:
    (fact,) = evidence(member(1, **SAME, host="b.example"), member(2, **SAME, host="a.example"))
    assert (fact.host_a, fact.host_b, fact.kind) == ("a.example", "b.example", SAME_PATH)
    assert (fact.n_observed, fact.article_id, fact.snippet) == (1, identifier(2), "/news/1")
    assert (fact.first_seen_at, fact.last_seen_at) == (at(90), at(150))


def test_texts_that_differ_by_more_than_a_template_share_no_path() -> None:
    texts = (member(1, **SAME | {"text_key": 1}), member(2, **SAME | {"text_key": 2}))
    sizes = {"size_left": 100, "size_right": 90}
    alike = pair(1, 2, Relation.NEAR) | sizes | {"shared": 90}  # Jaccard .9
    unlike = pair(1, 2, Relation.NEAR) | sizes | {"shared": 89}
    assert len(evidence(*texts, verified=[alike])) == 1
    assert evidence(*texts, verified=[unlike]) == []


def test_another_path_no_path_and_one_host_say_nothing_of_mirrors() -> None:
    assert evidence(member(1, **SAME), member(2, **SAME | {"path_key": 8})) == []
    no_path = SAME | {"path_key": 0}
    assert evidence(member(1, **no_path), member(2, **no_path)) == []
    one_host = SAME | {"host": "a.example"}
    assert evidence(member(1, **one_host), member(2, **one_host)) == []
    assert evidence(member(1, **SAME, host=None), member(2, **SAME)) == []


def test_versions_under_one_path_count_once_and_paths_add_up() -> None:
    host_a, host_b = {"host": "a.example"}, {"host": "b.example"}
    other = {"path": "news/2", "path_key": 8, "text_key": 8}
    (fact,) = evidence(
        *(member(1, **SAME, **host_a), member(2, **SAME, **host_b), member(3, **SAME, **host_b)),
        *(member(4, **other, **host_a), member(5, **other, **host_b)),
        verified=[
            *(pair(1, 2, Relation.EXACT, 100), pair(1, 3, Relation.EXACT, 100)),
            pair(4, 5, Relation.EXACT, 100),
        ],
    )
    assert fact.n_observed == 2


def test_each_component_has_evidence_of_its_own() -> None:
    table = members(*(member(number, **SAME) for number in (1, 2, 3, 4)))
    verified = pairs(pair(1, 2, Relation.EXACT, 100), pair(3, 4, Relation.EXACT, 100))
    facts = shared_paths(table, verified, np.array([1, 1, 3, 3], np.uint64), TimeRules())
    hosts = {label: [(fact.host_a, fact.host_b) for fact in seen] for label, seen in facts.items()}
    assert hosts == {1: [("h1.example", "h2.example")], 3: [("h3.example", "h4.example")]}
