"""Outlet registries: what is refused in one line, and what one changes in a run."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipelines.config.registry_file import load_registries, read_registry
from pipelines.errors import UsageError
from pipelines.run.outcome import Outcome
from sources.credits.agencies import SHIPPED, agency, shipped_registry
from tests.runs.makers import ROOT, command, jsonl, run, story, table

QUAY = """
[[outlet]]
id = "quay"
name = "The Quay"
domains = ["quay.example", { name = "quaynews.example", until = 2024-06-30 }]
"""


def written(folder: Path, text: str) -> str:
    path = folder / "outlets.toml"
    path.write_text(text, "utf-8")
    return str(path)


def entry(*lines: str) -> str:
    return "\n".join(["[[outlet]]", 'id = "a"', 'name = "A"', *lines, ""])


def test_the_example_registry_is_right() -> None:
    outlets = load_registries([str(ROOT / "configs" / "outlets.toml")]).outlets
    assert {"harbour-post", "northlight-agency", "quay-adverts", "reuters"} <= {
        outlet.outlet_id for outlet in outlets
    }


def test_the_shipped_agencies_follow_the_format() -> None:
    entries = read_registry(str(SHIPPED)).outlet
    assert {outlet.id for outlet in entries} == {
        outlet.outlet_id for outlet in shipped_registry().outlets
    }
    assert {entry.kind for entry in entries} == {"agency"}


def test_every_shipped_name_and_tag_is_found_as_a_credit() -> None:
    for outlet in shipped_registry().outlets:
        assert {agency(credit) for credit in (*outlet.names, *outlet.tags)} == {outlet.name}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[outlet]\n", "cannot be read as TOML"),
        ('[[outlets]]\nid = "a"\n', "outlets is no key of it"),
        ('[[outlet]]\nname = "A"\n', r"outlet.0.id \(A\)|outlet.0.id: Field required"),
        (entry('kin = "agency"'), r"outlet.0.kin \(a\) is no key of it"),
        ('[[outlet]]\nid = "a.example"\nname = "A"\n', "should match pattern"),
        (entry('domains = ["co.uk"]'), "'co.uk' is no domain somebody registered"),
        (entry('domains = ["a b.example"]'), "is no domain somebody registered"),
        (entry('domains = [{ name = "a.example", form = 2024-01-01 }]'), "form .* is no key of it"),
        (
            entry('domains = [{ name = "a.example", from = 2024-01-02, until = 2024-01-01 }]'),
            "a.example is held until 2024-01-01, before from = 2024-01-02",
        ),
        (
            entry('domains = [{ name = "a.example", from = 2024-01-02T03:04:05Z }]'),
            "a day is written as 2024-06-30",
        ),
        (entry('tags = ["A"]'), "they are for kind"),
        (entry('ignore = ["a b.example"]'), "is no domain somebody registered"),
        (entry() + entry(), "outlet a stands in .* as well"),
        (
            entry('domains = ["www.A.example"]')
            + '[[outlet]]\nid = "b"\nname = "B"\ndomains = ["a.example"]\n',
            "a.example is a's and b's on the same day",
        ),
        (
            entry('kind = "agency"', 'tags = ["XY"]')
            + '[[outlet]]\nid = "b"\nname = "B"\nkind = "agency"\ntags = ["XY"]\n',
            "'XY' credits both a and b",
        ),
    ],
)
def test_a_wrong_registry_is_refused_in_one_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as refused:
        load_registries([written(tmp_path, text)])
    assert str(tmp_path / "outlets.toml") in str(refused.value)


def test_a_domain_may_be_one_outlets_after_anothers(tmp_path: Path) -> None:
    later = '[[outlet]]\nid = "b"\nname = "B"\n'
    later += 'domains = [{ name = "quaynews.example", from = 2024-07-01 }]\n'
    assert load_registries([written(tmp_path, QUAY + later)])


def test_what_is_ignored_may_be_written_as_a_host_or_an_id(tmp_path: Path) -> None:
    path = written(tmp_path, entry('ignore = ["www.Quay.example", "buyer"]'))
    assert load_registries([path]).outlet("a").ignore == ("quay.example", "buyer")


def test_a_users_word_goes_before_the_shipped(tmp_path: Path) -> None:
    text = '[[outlet]]\nid = "mine"\nname = "Mine"\ndomains = ["reuters.com"]\n'
    registry = load_registries([written(tmp_path, text)])
    assert registry.holder("reuters.com", None) == "mine"
    assert registry.holder("apnews.com", None) == "ap"


def test_a_wrong_registry_stops_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "[[outlet]]\n")
    words = ["run", "--input", "nowhere.warc", "--output", str(tmp_path / "out")]
    code = command(*words, "--set", f"sources.registries=['{path}']")
    assert (code, capsys.readouterr().err.count("\n")) == (2, 1)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", ["settings", "outlets"])
def test_each_kind_of_file_has_a_schema_for_editors(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("config", "schema", "--kind", kind) == 0
    assert json.loads(capsys.readouterr().out)["properties"]


def test_config_check_takes_and_refuses_a_registry(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("config", "check", "--kind", "outlets", written(tmp_path, QUAY)) == 0
    assert command("config", "check", "--kind", "outlets", written(tmp_path, "x = 1")) == 2
    assert capsys.readouterr().err.endswith("`copytrail config schema`\n")


def rows(*places: tuple[str, str]) -> list[Mapping[str, object]]:
    """A text of its own for each pair of host and day."""
    return [
        {"text": story(n), "url": f"https://{host}/{n}", "published_at": f"{day}T10:00:00Z"}
        for n, (host, day) in enumerate(places)
    ]


def run_with(folder: Path, registry: str, *places: tuple[str, str]) -> Outcome:
    path = folder / "rows.jsonl"
    inputs = [path if path.exists() else jsonl(path, rows(*places))]
    settings = f"sources.registries=['{written(folder, registry)}']"
    return run(inputs, folder / "out", settings)


def test_domains_of_one_entry_are_one_source_with_its_evidence(tmp_path: Path) -> None:
    days = ("www.quay.example", "2024-05-01"), ("quaynews.example", "2024-05-02")
    outcome = run_with(tmp_path, QUAY, *days)
    (source,) = table(outcome, "sources")
    columns = [source[name] for name in ("source_id", "identity_basis", "source_name", "hosts")]
    assert columns == ["quay", "registry", "The Quay", ["quay.example", "quaynews.example"]]
    (group,) = table(outcome, "mirror_groups")
    assert (group["confidence_class"], group["group_id"]) == ("declared", source["mirror_group_id"])
    (evidence,) = table(outcome, "mirror_evidence")
    assert (evidence["kind"], evidence["article_id"]) == ("registry", None)


def test_a_domain_counts_by_the_date_of_the_article(tmp_path: Path) -> None:
    days = ("quaynews.example", "2024-05-01"), ("quaynews.example", "2025-05-01")
    outcome = run_with(tmp_path, QUAY, *days)
    source_of_year = {
        str(article["published_at"])[:4]: article["source_id"]
        for article in table(outcome, "articles")
    }
    assert source_of_year == {"2024": "quay", "2025": "quaynews.example"}


def test_another_content_of_the_registry_is_another_run(tmp_path: Path) -> None:
    place = ("quay.example", "2024-05-01")
    first = run_with(tmp_path, QUAY, place)
    again = run_with(tmp_path, f"# a note\n{QUAY}", place)
    changed = run_with(tmp_path, QUAY.replace("The Quay", "Quay"), place)
    assert (first.is_new, again.is_new, changed.is_new) == (True, False, True)


def test_the_tag_of_a_registered_agency_is_a_wire_credit(tmp_path: Path) -> None:
    agency = '[[outlet]]\nid = "nla"\nname = "Northlight"\nkind = "agency"\ntags = ["NLA"]\n'
    row = {"text": f"KELMAR (NLA) — {story(1)}", "url": "https://a.example/1"}
    settings = f"sources.registries=['{written(tmp_path, agency)}']"
    (article,) = table(
        run([jsonl(tmp_path / "rows.jsonl", [row])], tmp_path / "out", settings), "articles"
    )
    assert (article["wire_credits"], article["outlet_credits"]) == (["Northlight"], [])


def test_copies_of_a_registered_agency_are_of_the_wire_also_at_its_own_site(tmp_path: Path) -> None:
    agency = '[[outlet]]\nid = "nla"\nname = "Northlight"\nkind = "agency"\ntags = ["NLA"]\n'
    agency += 'domains = ["nla.example"]\n'
    places = [
        ("nla.example", ""),
        ("a.example", "KELMAR (NLA) — "),
        ("b.example", "KELMAR (NLA) — "),
    ]
    inputs = [
        {
            "text": credit + story(1),
            "url": f"https://{host}/{n}",
            "published_at": f"2024-05-01T1{n}:00:00Z",
        }
        for n, (host, credit) in enumerate(places)
    ]
    settings = f"sources.registries=['{written(tmp_path, agency)}']"
    outcome = run([jsonl(tmp_path / "rows.jsonl", inputs)], tmp_path / "out", settings)
    edges = {(edge["from_source"], edge["to_source"]) for edge in table(outcome, "copy_edges")}
    assert edges == {("wire:Northlight", "a.example"), ("wire:Northlight", "b.example")}
