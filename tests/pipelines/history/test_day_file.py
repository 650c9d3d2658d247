"""A day's file: what was written is read, and what is not whole is never read as something else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.history import day_file
from pipelines.history.day_file import DayFacts, DayWriter, UnreadableStateError, day_state
from schemas.article import Article
from schemas.staged_articles import article_table
from tests.sources.makers import from_text

DAY = date(2026, 3, 2)
FACTS = DayFacts("2026-03-02", "fingerprint", "settings")


def kept(*texts: str) -> list[Article]:
    whole = from_text("The council voted on the bridge. " * 10)
    return [replace(whole, article_id=f"{n:016x}", text=text) for n, text in enumerate(texts)]


def content(tables: Sequence[pa.Table], facts: DayFacts = FACTS) -> bytes:
    writer = DayWriter()
    for table in tables:
        writer.add(table)
    return writer.content(facts)


def articles(state: day_file.DayState) -> pa.Table:
    groups = [state.group(number) for number in range(state.groups())]
    return pa.concat_tables([article_table([]), *groups])


def test_articles_and_facts_are_read_as_they_were_written() -> None:
    table = article_table(kept("One.", "Two.", "Ünë."))
    state = day_state(content([table]), DAY)
    assert articles(state).equals(table)
    assert state.facts == FACTS


def test_a_day_without_articles_is_a_day() -> None:
    assert day_state(content([]), DAY).groups() == 0


def test_the_same_articles_are_the_same_bytes_however_they_came() -> None:
    table = article_table(kept("One.", "Two.", "Three."))
    parts = [table.slice(2, 1), table.slice(0, 2)]
    assert content(parts) == content([table])


def test_the_digest_is_of_the_articles_alone() -> None:
    table = article_table(kept("One."))
    states = [
        day_state(content([table], replace(FACTS, fingerprint=character)), DAY)
        for character in "ab"
    ]
    assert states[0].digest() == states[1].digest()
    assert day_state(content([article_table(kept("Two."))]), DAY).digest() != states[0].digest()


def test_many_articles_stand_in_groups_that_are_read_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(day_file, "ROWS", 2)
    state = day_state(content([article_table([single]) for single in kept(*"abcde")]), DAY)
    assert state.groups() == 3
    assert state.group(1, ["text"]).to_pydict() == {"text": ["c", "d"]}


WHOLE = content([article_table(kept("One story.", "Another."))])


@settings(max_examples=200)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_a_changed_byte_is_noticed_wherever_it_is(place: int, change: int) -> None:
    damaged = bytearray(WHOLE)
    damaged[place] ^= change
    with pytest.raises(UnreadableStateError):
        day_state(bytes(damaged), DAY)


@given(st.integers(0, len(WHOLE) - 1))
def test_a_file_cut_short_is_noticed(length: int) -> None:
    with pytest.raises(UnreadableStateError):
        day_state(WHOLE[:length], DAY)


@given(st.binary(max_size=200))
def test_bytes_of_something_else_are_no_day(other: bytes) -> None:
    with pytest.raises(UnreadableStateError):
        day_state(other, DAY)


def test_a_file_of_another_version_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(day_file, "VERSION", "0-older")
    older = content([])
    monkeypatch.undo()
    with pytest.raises(UnreadableStateError, match="has version 0-older"):
        day_state(older, DAY)


def test_a_day_under_anothers_name_is_not_taken_for_it() -> None:
    with pytest.raises(UnreadableStateError, match="holds the day 2026-03-02, wanted 2026-03-03"):
        day_state(WHOLE, date(2026, 3, 3))
