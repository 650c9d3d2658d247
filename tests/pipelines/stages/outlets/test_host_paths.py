"""Addresses by host, as they cross to where each host's are counted."""

from pipelines.stages.outlets.host_paths import counted_hosts, day_looked_up, host_parts, paths
from tests.pipelines.stages.makers import at, member, members


def test_an_article_without_host_has_no_address_and_a_front_page_no_path() -> None:
    rows = members(member(1), member(2, path_key=0), member(3, host=None))
    table = paths(rows, day_looked_up(rows), rows["outlet"])
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


def test_a_host_is_counted_with_the_day_since_when_nearly_all_its_pages_are() -> None:
    rows = members(
        member(1, host="a.example", claimed_at=at(-60 * 24 * 9_000)),
        member(20, host="a.example", claimed_at=at(20), outlet="Another"),
        *(member(n, host="a.example", claimed_at=at(n), outlet="Gazette") for n in range(2, 12)),
        *(member(n, host="b.example", path_key=7, claimed_at=at(n)) for n in range(12, 20)),
    )
    hosts = {
        row["host"]: row
        for row in counted_hosts(paths(rows, day_looked_up(rows), rows["outlet"])).to_pylist()
    }
    assert hosts["a.example"]["usual_since"] == at(0).date()
    assert hosts["b.example"]["usual_since"] is None
    assert hosts["a.example"]["outlet"] == "Gazette"
    assert (hosts["a.example"]["paths"], hosts["b.example"]["paths"]) == (12, 1)
