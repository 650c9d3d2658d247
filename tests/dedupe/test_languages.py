"""Each script has a made-up story, the same story edited, and another story."""

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from dedupe.verification.relations import Relation
from tests.dedupe.makers import judged, matched


class Golden(NamedTuple):
    story: str
    edited: str
    other: str


LANGUAGES = {
    language: Golden(**texts)
    for language, texts in json.loads(
        Path(__file__).with_name("languages.json").read_text("utf-8")
    ).items()
}
EACH = pytest.mark.parametrize("golden", LANGUAGES.values(), ids=LANGUAGES)


@EACH
def test_the_same_story_edited_is_a_near_copy(golden: Golden) -> None:
    assert judged([golden.story, golden.edited]).relations.tolist() == [Relation.NEAR]


@EACH
def test_a_story_out_of_the_same_frame_with_other_numbers_is_no_copy(golden: Golden) -> None:
    framed = re.sub(r"\d+", lambda verified: str(int(verified[0]) * 7 + 5), golden.story)
    verified = judged([golden.story, framed])
    assert verified.shingles.jaccard()[0] > 0.2
    assert not verified.is_copy().any()


@EACH
def test_a_story_without_its_last_sentences_is_a_copy(golden: Golden) -> None:
    half = golden.story[: len(golden.story) * 3 // 5].rstrip("0123456789۰۱۲۳۴۵۶۷۸۹")
    assert judged([golden.story, half]).is_copy().all()


@EACH
def test_another_story_is_nothing(golden: Golden) -> None:
    assert judged([golden.story, golden.other]).relations.tolist() == [Relation.NONE]


def test_clusters_form_within_each_language_and_not_across() -> None:
    texts = [text for golden in LANGUAGES.values() for text in golden]
    labels = matched(texts).labels.tolist()
    alone = [3 * number + 2 for number in range(len(LANGUAGES))]
    pairs = [(3 * number, 3 * number) for number in range(len(LANGUAGES))]
    assert [labels[place] for place in alone] == alone
    assert [(labels[place], labels[place + 1]) for place, _ in pairs] == pairs
