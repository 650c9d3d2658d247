"""A page that hangs or ends the process that reads it takes no other page along."""

import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from schemas.article import Article
from schemas.page import Page, Rejected
from sources.extraction.isolated_reader import IsolatedReader
from sources.extraction.process_stats import sleeping_at
from sources.limits import Limits
from sources.readers.warc import read_warc
from sources.url_rules import AddressRules

SENTENCE = "The council of the small town voted on Tuesday evening to keep the old bridge open. "
GOOD = f"<html><title>Bridge</title><article>{f'<p>{SENTENCE}</p>' * 8}</article></html>"
# libxml2 reads it at once, trafilatura's passes over every link take a minute
SLOW = f"<html><article><p>{SENTENCE * 8}</p>{'<div><a href=x>a b c</a></div>' * 200_000}</article>"
ATTRIBUTES = "<p a=b c=d>w" * 400_000
ROOMY = {"max_tags": 10_000_000, "max_markup_chars": 1 << 30, "max_page_bytes": 1 << 30}


def page(number: int, html: str = GOOD) -> Page:
    return Page("crawl.warc.gz", number, f"https://a.example/{number}", html.encode())


def read(pages: Sequence[Page], limits: Limits) -> list[Article | Rejected]:
    with IsolatedReader(limits) as reader:
        sent = [result for page in pages for result in reader.send(page)]
        return [*sent, *reader.drain()]


def children() -> list[int]:
    listed = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text()
    return [int(part) for part in listed.split()]


def test_every_page_has_one_result_and_results_keep_the_order() -> None:
    results = read([page(number) for number in range(20)], Limits())
    assert [result.position for result in results] == list(range(20))
    assert all(isinstance(result, Article) for result in results)


def test_pages_have_the_addresses_that_a_user_s_rules_give_them() -> None:
    printed = Page("crawl.warc.gz", 0, "https://a.example/1/drucken", GOOD.encode())
    with IsolatedReader(Limits(), AddressRules(forms=("drucken",))) as reader:
        (article,) = [*reader.send(printed), *reader.drain()]
    assert isinstance(article, Article)
    assert article.canonical_url == "https://a.example/1"


def test_a_page_past_the_time_limit_is_rejected_and_its_neighbours_are_not() -> None:
    pages = [page(0), page(1), page(2, SLOW), page(3), page(4)]
    results = read(pages, Limits(timeout_s=2, **ROOMY))
    assert [getattr(result, "reason", "article") for result in results] == [
        "article",
        "article",
        "timeout",
        "article",
        "article",
    ]


def test_a_process_that_is_killed_from_outside_costs_no_page_and_no_budget() -> None:
    results: list[Article | Rejected] = []
    with IsolatedReader(Limits(slow_host_s=1.0)) as reader:
        reader.begin()
        for number in range(12):
            results.extend(reader.send(page(number)))
            if number == 6:
                os.kill(children()[-1], signal.SIGKILL)
        results.extend(reader.drain())
    assert [result.position for result in results] == list(range(12))
    assert all(isinstance(result, Article) for result in results)


class Ending(Page):
    """A page that ends each process that reads it."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


def test_a_page_that_ends_its_process_twice_is_rejected_and_its_neighbours_are_not() -> None:
    results = read([page(0), Ending("crawl.warc.gz", 1, None, b""), page(2)], Limits())
    reasons = [(result.position, getattr(result, "reason", "article")) for result in results]
    assert reasons == [(0, "article"), (1, "crashed"), (2, "article")]


@pytest.mark.parametrize(
    "body",
    [
        "word " * 30_000_000,
        *(pytest.param(tags, marks=pytest.mark.slow) for tags in ("<p>w" * 600_000, ATTRIBUTES)),
    ],
)
def test_a_page_that_wants_too_much_memory_is_rejected_and_its_neighbours_are_not(
    body: str,
) -> None:
    """Whatever the library says in which the memory ran out."""
    pages = [page(0), page(1, f"<html><article><p>{body}</p></article></html>"), page(2), page(3)]
    results = read(pages, Limits(max_memory_bytes=700 << 20, timeout_s=60, **ROOMY))
    assert [(result.position, getattr(result, "reason", "article")) for result in results] == [
        (0, "article"),
        (1, "memory"),
        (2, "article"),
        (3, "article"),
    ]


def test_a_process_is_replaced_after_its_share_of_pages_and_none_is_lost() -> None:
    results = read([page(number) for number in range(11)], Limits(pages_per_process=3))
    assert [result.position for result in results] == list(range(11))
    assert all(isinstance(result, Article) for result in results)


def test_no_process_is_left_when_the_reader_is_closed() -> None:
    before = children()
    read([page(0)], Limits())
    assert children() == before


def test_a_reader_that_another_thread_abandons_blames_no_page() -> None:
    before = children()
    with IsolatedReader(Limits(**ROOMY)) as reader:
        list(reader.send(page(0)))
        list(reader.drain())
        threading.Timer(0.5, reader.abandon).start()
        with pytest.raises(InterruptedError):
            _ = [*reader.send(page(1, SLOW)), *reader.drain()]
    assert children() == before


class Waiting(Page):
    """A page whose reading waits for something that never comes, and uses no CPU time."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return time.sleep, (600,)


def test_a_page_that_waits_without_working_ends_soon_after_its_limit() -> None:
    waiting = Waiting("crawl.warc.gz", 1, None, b"")
    results = read([page(0), waiting, page(2)], Limits(timeout_s=1))
    assert [getattr(result, "reason", "article") for result in results] == [
        "article",
        "timeout",
        "article",
    ]


def test_a_process_that_does_not_get_the_processor_loses_no_page() -> None:
    with IsolatedReader(Limits(timeout_s=1)) as reader:
        list(reader.send(page(0)))
        list(reader.drain())
        child = children()[-1]
        os.kill(child, signal.SIGSTOP)
        threading.Timer(3, os.kill, (child, signal.SIGCONT)).start()
        results = [result for number in (1, 2) for result in reader.send(page(number))]
        results.extend(reader.drain())
        assert children()[-1] == child
    assert all(isinstance(result, Article) for result in results)


def holds_soon(holds: Callable[[], bool]) -> bool:
    """Whether it is so within a minute: a busy machine may be slow to start a process."""
    end = time.monotonic() + 60
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


def test_only_a_process_that_waits_is_asleep() -> None:
    waits, works = (
        subprocess.Popen(["sleep", "60"]),
        subprocess.Popen(["sh", "-c", "while :; do :; done"]),
    )
    try:
        assert holds_soon(lambda: sleeping_at(waits.pid) is not None)
        assert sleeping_at(works.pid) is None
        os.kill(waits.pid, signal.SIGSTOP)
        assert holds_soon(lambda: sleeping_at(waits.pid) is None)
    finally:
        for side in (waits, works):
            side.kill()
            side.wait()
    assert sleeping_at(waits.pid) is None


def cpu_s() -> float:
    """CPU time of this process's children, those that ended and those that live."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    fields = [Path(f"/proc/{child}/stat").read_text().rpartition(")")[2] for child in children()]
    ticks = sum(int(tick) for field in fields for tick in field.split()[11:13])
    return ended.ru_utime + ended.ru_stime + ticks / os.sysconf("SC_CLK_TCK")


def test_no_hostile_page_takes_more_than_its_limit_and_a_second(shared: Path) -> None:
    """CPU time, which is what the limit bounds: the clock's would be the machine's load."""
    limits = Limits()
    with (shared / "hostile" / "hostile.warc.gz").open("rb") as stream:
        records = read_warc(stream, "hostile.warc.gz", max_page_bytes=limits.max_page_bytes)
        pages = [record for record in records if isinstance(record, Page)]
    spent: dict[int, float] = {}
    with IsolatedReader(limits) as reader:
        for hostile in pages:
            [*reader.send(page(0)), *reader.drain()]  # a process that reads, warm
            process, before = children()[-1], cpu_s()
            [result] = [*reader.send(hostile), *reader.drain()]
            spent[hostile.position] = cpu_s() - before
            assert result.position == hostile.position
            is_ended = getattr(result, "reason", "article") in ("timeout", "crashed")
            assert is_ended or children()[-1] == process
    assert len(spent) == len(pages) > 30
    assert {at: s for at, s in spent.items() if s > limits.timeout_s + 1} == {}
