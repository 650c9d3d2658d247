"""Addresses by host, as they cross to where each host's are counted."""

from pipelines.stages.outlets.host_paths import day_looked_up, host_parts, paths
from tests.pipelines.stages.makers import at, member, members


def test_an_article_without_host_has_no_address_and_a_front_page_no_path() -> None:
    rows = members(member(1), member(2, path_key=0), member(3, host=None))
    table = paths(rows, day_looked_up(rows))
    assert table.select(["host", "path"]).to_pylist() == [
        {"host": "h1.example", "path": 1},
        {"host": "h2.example", "path": None},
    ]


def test_a_host_is_looked_up_by_the_day_claimed_or_else_by_that_of_the_fetch() -> None:
    rows = members(
        member(1, claimed_at=at(0), fetched_at=at(24 * 60)),
        member(2, claimed_at=None, fetched_at=at(24 * 60)),
        member(3, claimed_at=None, fetched_at=None),
    )
    today, tomorrow = at(0).date(), at(24 * 60).date()
    assert day_looked_up(rows).to_pylist() == [today, tomorrow, None]


def test_all_addresses_of_a_host_go_to_one_part() -> None:
    rows = members(*(member(number, host=f"h{number % 20}.example") for number in range(100)))
    parts = host_parts(rows, 4).tolist()
    assert len(set(zip(rows["host"].to_pylist(), parts, strict=True))) == 20
    assert set(parts) == {0, 1, 2, 3}
