"""Texts of members, staged by part and looked up where the members say."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from dedupe.candidates.keys import CandidateRules
from pipelines.exchange.article_keys import text_hashes
from pipelines.exchange.staged_parts import read_part
from pipelines.exchange.work_folder import Work
from pipelines.stages.boilerplate.samples import boilerplate_of
from pipelines.stages.match.member_texts import (
    MATCHED,
    TEXTS,
    staged_by_part,
    staged_texts,
    staged_with_texts,
)
from pipelines.stages.match.members import member_table
from pipelines.storage import filesystem, staged_tables
from schemas.member import MEMBERS, Member
from tests.pipelines.stages.makers import article, identifier, staged
from tests.sources.makers import PARAGRAPHS

CLEAN = staged(
    *(
        article("\n".join((*PARAGRAPHS[n:], *PARAGRAPHS[:n])), f"https://a.example/{n}")
        for n in range(3)
    )
)
ROWS = member_table(
    CLEAN,
    boilerplate_of([], np.uint32),
    CandidateRules().shingle_words,
    "split",
    [""] * 3,
    text_hashes(CLEAN["text"]),
)
TEXT_OF = dict(zip(CLEAN["article_id"].to_pylist(), CLEAN["text"].to_pylist(), strict=True))


def work(folder: Path) -> Work:
    return Work(str(folder), "run")


def matched(run: Work, places: dict[int, bytes]) -> dict[int, pa.Table]:
    return {part: read_part(run, MATCHED, place.decode()) for part, place in places.items()}


def read(article_id: str, split: str) -> Member:
    nothing = dict.fromkeys(("source_id", "mirror_group_id", "host", "outlet", "language"))
    return Member(
        **{**nothing, "article_id": article_id, "split": split},  # type: ignore[arg-type]  # the rest says nothing here
        **{"text_key": 0, "path_key": 0, "title_key": 0, "claimed_at": None},  # type: ignore[arg-type]
        **{"is_weakly_dated": False, "fetched_at": None, "wire_credits": (), "outlet_credits": ()},  # type: ignore[arg-type]
    )


def test_each_part_gets_its_members_and_they_say_where_their_texts_are(tmp_path: Path) -> None:
    run = work(tmp_path)
    parts = matched(run, dict(staged_with_texts(run, "split", ROWS, CLEAN, np.array([4, 2, 4]))))
    assert {part: rows["article"].to_pylist() for part, rows in parts.items()} == {
        2: ROWS["article"].to_pylist()[1:2],
        4: ROWS["article"].to_pylist()[::2],
    }
    for rows in parts.values():
        assert rows.schema == MEMBERS
        for number, place in zip(
            rows["article"].to_pylist(), rows["split"].to_pylist(), strict=True
        ):
            texts = read_part(run, TEXTS, place)
            assert identifier(number) in texts["article_id"].to_pylist()
            assert texts.num_rows == rows.num_rows


def test_members_without_a_component_are_not_staged(tmp_path: Path) -> None:
    run = work(tmp_path)
    filesystem.make_folder(str(Path(run.clean("split")).parent))
    staged_tables.write_table(run.clean("split"), CLEAN)
    is_found = np.array([False, True, True])
    parts = matched(run, dict(staged_by_part(run, "split", ROWS, is_found, np.array([0, 1]))))
    assert [rows["article"].to_pylist() for rows in parts.values()] == [
        [number] for number in ROWS["article"].to_pylist()[1:]
    ]


def test_texts_are_found_by_the_place_of_their_member_alone(tmp_path: Path) -> None:
    run = work(tmp_path)
    parts = matched(run, dict(staged_with_texts(run, "split", ROWS, CLEAN, np.array([0, 1, 0]))))
    places = {
        identifier(number): place
        for rows in parts.values()
        for number, place in zip(
            rows["article"].to_pylist(), rows["split"].to_pylist(), strict=True
        )
    }
    members = [read(article_id, place) for article_id, place in places.items()]
    assert staged_texts(run, members) == TEXT_OF
    assert staged_texts(run, members[:1]) == {members[0].article_id: TEXT_OF[members[0].article_id]}
    assert staged_texts(run, []) == {}
