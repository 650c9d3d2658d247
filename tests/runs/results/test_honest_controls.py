"""Beside each claim that must not be made, one that must be: a tool that says nothing fails here.

One made crawl of honest outlets, a clone and a look-alike. Each test is the twin of a case in which
an imitator, a quotation or a missing date must gain nothing (issue 21).
"""

import random
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import pytest

from pipelines.run.outcome import Outcome
from tests.runs.makers import run, table
from tests.sources.makers import member, warc_record

WORDS = (
    *("harbour", "council", "bridge", "engineer", "river", "winter", "budget", "ferry", "mayor"),
    *("lantern", "orchard", "quarry", "tunnel", "archive", "pension", "tariff", "meadow"),
    *("turbine", "chapel", "railway", "cellar", "timber", "beacon", "granite"),
)
NAMES = ("Aldane", "Brandt", "Cole", "Devlin", "Esposito", "Ferreira", "Grimaud", "Hollis")
ALSO = "This site can also be accessed at: "


def sentences(seed: int, n: int = 8) -> list[str]:
    """Sentences of a story of its own for every seed; no two share a frame."""
    chance = random.Random(seed)
    halves = [" ".join(chance.choices(WORDS, k=9)) for _ in range(2 * n)]
    return [
        f"{chance.choice(NAMES)} said {halves[2 * place]} of {chance.choice(NAMES)}ton "
        f"{chance.randint(100, 9999)} {halves[2 * place + 1]}."
        for place in range(n)
    ]


def page(
    url: str,
    story: Sequence[str],
    claimed: str | None,
    fetched: str,
    *,
    title: str = "The talks go on",
    outlet: str | None = None,
    footer: str = "",
    head: str = "",
    figure: str = "",
) -> bytes:
    """A page as a record of a WARC file."""
    date = f'<meta property="article:published_time" content="{claimed}">' if claimed else ""
    name = f'<meta property="og:site_name" content="{outlet}">' if outlet else ""
    body = "".join(f"<p>{sentence}</p>" for sentence in story)
    html = (
        f"<html lang=en><head><meta charset=utf-8><title>{escape(title)}</title>"
        f'<meta property="og:title" content="{escape(title)}">{date}{name}{head}</head>'
        f"<body><article><h1>{escape(title)}</h1>{figure}{body}</article>"
        f"<footer><p>{footer}</p></footer></body></html>"
    )
    record = warc_record(html.encode(), url=url)
    return member(record.replace(b"2026-03-05T10:00:00Z", fetched.encode()))


def at(day: int, hour: int) -> str:
    return f"2026-03-{day:02d}T{hour:02d}:00:00Z"


def crawl() -> Iterator[bytes]:
    """All pages; each block is of one control."""
    yield from timed()
    yield from credited()
    yield from mirrored()
    yield from cloned()
    yield from repeated()


def timed() -> Iterator[bytes]:
    """A story that the crawl witnessed and its copy; one of a bare day and a copy days later."""
    title = 'Mayor: "not a penny" for the bridge & the ferry'
    yield page("https://harbourpost.example/talks", sentences(1), at(2, 8), at(2, 10), title=title)
    yield page("https://quay.example/talks", sentences(1)[:7], at(2, 12), at(2, 14))
    yield page("https://mill.example/flood", sentences(2), "2026-03-01", at(1, 20))
    yield page("https://quay.example/flood", sentences(2), at(3, 12), at(3, 13))


def credited() -> Iterator[bytes]:
    """An original that was fetched late and is credited; an agency; a copy that quotes; a picture.

    The copy that quotes shares what stands outside of the quotation too.
    """
    post = "Lantern Gazette"
    yield page(
        "https://lanterngazette.example/strike", sentences(3), at(2, 8), at(28, 8), outlet=post
    )
    yield page(
        "https://weir.example/strike", [*sentences(3), f"Source: {post}"], at(2, 11), at(2, 12)
    )
    wire = ["LISBON, March 2 (Reuters) - " + sentences(4)[0], *sentences(4)[1:]]
    yield page("https://weir.example/wire", wire, at(2, 9), at(2, 10))
    figure = (
        "<figure><img src=a.jpg><figcaption>Ferreira at the quarry gate on Monday. "
        "Photo: Ines Aldane/AFP</figcaption></figure>"
    )
    speech = [f"“{sentence}”" for sentence in sentences(5, 5)]
    report = [part for pair in zip(sentences(6, 5), speech, strict=True) for part in pair]
    yield page("https://orchard.example/speech", report, at(2, 8), at(2, 9), figure=figure)
    yield page("https://weir.example/speech", report[:9], at(2, 12), at(2, 13))


def mirrored() -> Iterator[bytes]:
    """Two that announce each other; a main host that lists both of its mirrors, which consent."""
    pairs = {"tidings.press": "tidings.news", "tidings.news": "tidings.press"}
    for host, other in pairs.items():
        for n in range(5):
            address = f"https://{host}/tidings/{n}"
            yield page(
                address,
                sentences(20 + n),
                at(3, n),
                at(3, 12),
                outlet="Tidings",
                footer=ALSO + other,
            )
    listed = f"{ALSO}courier.press, courier.news"
    for host in ("courier.info", "courier.press", "courier.news"):
        for n in range(5):
            address = f"https://{host}/courier/{n}"
            yield page(
                address, sentences(30 + n), at(3, n), at(3, 12), outlet="Courier", footer=listed
            )


def cloned() -> Iterator[bytes]:
    """An outlet, and a host that repeats it two days later; a name with two letters swapped."""
    for n in range(16):
        yield page(f"https://beaconherald.example/news/{n}", sentences(40 + n), at(4, n), at(4, 12))
    for n in range(14):
        yield page(f"https://paste.test/news/{n}", sentences(40 + n), at(4, n), at(7, 12))
    for n in range(2):
        yield page(f"https://beaconhreald.test/x/{n}", sentences(60 + n), at(4, n), at(4, 12))


def repeated() -> Iterator[bytes]:
    """An outlet with a long note below each story, of which one is a copy; a story at two paths."""
    note = " ".join(sentences(99, 4))
    yield page("https://mill.example/orchard", sentences(70), at(5, 6), at(5, 7))
    for n in range(10):
        yield page(
            f"https://notes.example/{n}", [*sentences(70 + n), note], at(5, 8 + n), at(5, 20)
        )
    for path in ("city/a", "region/b"):
        yield page(f"https://twice.example/{path}", sentences(90), at(5, 9), at(5, 10))


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("honest")
    (folder / "crawl.warc.gz").write_bytes(b"".join(crawl()))
    return run([folder / "crawl.warc.gz"], folder / "out")


def article(outcome: Outcome, url: str) -> dict[str, Any]:
    (row,) = (row for row in table(outcome, "articles") if row["url"] == f"https://{url}")
    return row


def standing(outcome: Outcome, url: str) -> dict[str, Any]:
    """The row of its cluster's timeline."""
    wanted = article(outcome, url)["article_id"]
    (row,) = (row for row in table(outcome, "cluster_timeline") if row["article_id"] == wanted)
    return row


def source(outcome: Outcome, name: str) -> dict[str, Any]:
    (row,) = (row for row in table(outcome, "sources") if row["source_id"] == name)
    return row


def test_a_witnessed_story_is_first_and_its_copy_later_by_the_lag_of_the_claims(
    outcome: Outcome,
) -> None:  # 01 and 17: a page without a date, a date of 1999
    copy = standing(outcome, "quay.example/talks")
    assert standing(outcome, "harbourpost.example/talks")["role"] == "earliest_observed"
    assert (copy["role"], copy["lag_s"]) == ("copy", 4 * 3600)
    assert copy["from_source"] == "harbourpost.example"


def test_a_bare_day_that_overlaps_nothing_is_first(outcome: Outcome) -> None:  # 02
    assert standing(outcome, "mill.example/flood")["role"] == "earliest_observed"
    assert standing(outcome, "quay.example/flood")["role"] == "copy"


def test_a_label_of_another_outlet_is_a_credit_and_makes_it_first_however_late_it_was_fetched(
    outcome: Outcome,
) -> None:  # 03, 04 and 19: own call signs, credits that are none, a name that is taken
    assert article(outcome, "weir.example/strike")["outlet_credits"] == ["Lantern Gazette"]
    assert standing(outcome, "lanterngazette.example/strike")["role"] == "earliest_observed"
    assert standing(outcome, "weir.example/strike")["from_source"] == "lanterngazette.example"


def test_an_agency_in_a_dateline_is_credited(outcome: Outcome) -> None:  # 05
    assert article(outcome, "weir.example/wire")["wire_credits"] == ["Reuters"]


def test_a_caption_of_the_story_is_one_with_its_credit(outcome: Outcome) -> None:  # 06
    row = article(outcome, "orchard.example/speech")
    assert ["quarry gate" in caption for caption in row["captions"]] == [True]
    assert any("AFP" in credit for credit in row["photo_credits"])


def test_a_headline_keeps_its_quotation_and_sign(outcome: Outcome) -> None:  # 12
    title = 'Mayor: "not a penny" for the bridge & the ferry'
    assert article(outcome, "harbourpost.example/talks")["title"] == title


def test_pages_of_stories_have_no_flag_that_they_are_none(outcome: Outcome) -> None:  # 08 and 20
    rows = table(outcome, "articles")
    assert not [row["url"] for row in rows if any("no-article" in flag for flag in row["flags"])]
    assert {row["host"] for row in rows} >= {"harbourpost.example", "weir.example"}


def test_a_copy_that_quotes_a_speech_is_a_copy_with_an_edge(outcome: Outcome) -> None:  # 10
    assert standing(outcome, "orchard.example/speech")["role"] == "earliest_observed"
    assert standing(outcome, "weir.example/speech")["role"] == "copy"
    edges = {(row["from_source"], row["to_source"]) for row in table(outcome, "copy_edges")}
    assert ("orchard.example", "weir.example") in edges


def test_hosts_that_announce_each_other_are_one_outlet(outcome: Outcome) -> None:  # 07, 13 and 15
    groups = {
        tuple(sorted(row["hosts"])): row["confidence_class"]
        for row in table(outcome, "mirror_groups")
    }
    assert groups["tidings.news", "tidings.press"] == "declared"
    sources = {
        article(outcome, f"tidings.{end}/tidings/0")["source_id"] for end in ("press", "news")
    }
    assert len(sources) == 1


def test_a_main_host_that_lists_its_mirrors_makes_one_outlet_of_them(outcome: Outcome) -> None:
    # 16: a stranger's two hosts that bridge two outlets
    hosts = ("courier.info", "courier.press", "courier.news")
    assert len({article(outcome, f"{host}/courier/0")["source_id"] for host in hosts}) == 1


def test_a_host_that_repeats_another_later_is_told_for_a_person_to_look_at(
    outcome: Outcome,
) -> None:  # 14
    (row,) = (
        row
        for row in table(outcome, "mirror_groups")
        if row["confidence_class"] == "clone_candidate"
    )
    assert set(row["hosts"]) == {"beaconherald.example", "paste.test"}
    assert row["main_host"] == "beaconherald.example"
    assert standing(outcome, "beaconherald.example/news/0")["role"] == "earliest_observed"


def test_a_name_with_two_letters_swapped_is_told(outcome: Outcome) -> None:  # 11
    (entry,) = source(outcome, "beaconhreald.test")["lookalike_of"]
    assert (entry["host"], entry["rule"]) == ("beaconherald.example", "letters_swapped")


def test_an_outlets_note_ties_nothing_and_its_one_copy_is_found(outcome: Outcome) -> None:  # 18
    clusters = [article(outcome, f"notes.example/{n}")["cluster_id"] for n in range(10)]
    assert clusters[0] == article(outcome, "mill.example/orchard")["cluster_id"] is not None
    assert clusters[1:] == [None] * 9
    assert standing(outcome, "notes.example/0")["role"] == "copy"


def test_a_story_at_two_paths_of_one_host_was_published_twice(outcome: Outcome) -> None:  # 09
    assert source(outcome, "twice.example")["duplicated_within_k"] == 1
