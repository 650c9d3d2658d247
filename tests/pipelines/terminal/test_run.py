"""What a person sees of a run in a terminal."""

from pathlib import Path

from rich.console import Console

from pipelines.run.outcome import Outcome
from pipelines.terminal.run import MOST_HOSTS, _hosts, show_run

OTHERS = ["brickfieldpress.example", "mheraldworld.example"]


def test_names_of_hosts_stay_whole_in_eighty_columns(sample_run: Outcome) -> None:
    console = Console(width=80, record=True)
    show_run(str(Path(sample_run.path)), 20, console)
    printed = [line.split() for line in console.export_text().splitlines()]
    at = next(n for n, words in enumerate(printed) if words[:1] == ["meridianherald.example"])
    assert printed[at + 1 : at + 3] == [["also", host] for host in OTHERS]
    assert ["hohenwalder-bote.example"] in [words[:1] for words in printed]


def test_of_many_hosts_some_are_named_and_the_others_counted() -> None:
    lines = str(_hosts("a.example", [f"{n}.example" for n in range(MOST_HOSTS + 3)])).splitlines()
    assert lines[0] == "a.example"
    assert lines[-2:] == [f"  also {MOST_HOSTS - 1}.example", "  and 3 more"]
    assert len(lines) == MOST_HOSTS + 2


def test_the_host_that_names_a_source_is_not_told_twice() -> None:
    assert str(_hosts("a.example", ["a.example"])) == "a.example"
