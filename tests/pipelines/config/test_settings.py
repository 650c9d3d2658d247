"""Settings: what is taken, what is refused, and how the command line says so."""

import json
import re
import tomllib
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from pipelines.commands.app import app
from pipelines.commands.exit_status import guarded
from pipelines.config.described import default_file, reasons
from pipelines.config.settings import (
    MOVED,
    Settings,
    load_settings,
    marks,
    sections,
    settable,
    settings_of_run,
    settings_that_change_results,
)
from pipelines.errors import USAGE, UsageError

DEFAULTS = Path(__file__).parents[3] / "configs" / "default.toml"


def keys(settings: dict[str, Any]) -> set[str]:
    """Every `section.key` of settings."""
    return {f"{section}.{key}" for section, inner in settings.items() for key in inner}


def told_in(toml: str, folder: Path) -> Settings:
    path = folder / "mine.toml"
    path.write_text(toml, "utf-8")
    return load_settings(path)


class Shell:
    """The command line with what it wrote."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def run(self, *words: str) -> tuple[int, str, str]:
        code = guarded(lambda: app(list(words), standalone_mode=False))
        written = self.capsys.readouterr()
        return code, written.out, written.err


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys)


def test_default_file_holds_every_setting_and_its_default() -> None:
    assert tomllib.loads(DEFAULTS.read_text("utf-8")) == settable(Settings())


def test_default_file_is_made_from_the_records_of_rules() -> None:
    assert DEFAULTS.read_text("utf-8") == default_file()


def test_every_setting_in_the_default_file_has_a_reason_above_it() -> None:
    lines = DEFAULTS.read_text("utf-8").splitlines()
    places = [place for place, line in enumerate(lines) if re.match(r"\w+ = ", line)]
    assert len(places) == len(keys(settable(Settings())))
    assert [lines[place] for place in places if not lines[place - 1].startswith("# ")] == []


def test_every_setting_and_every_constant_has_a_reason() -> None:
    fields = Settings().model_dump()
    assert {
        f"{section}.{name}"
        for section, record in sections().items()
        for name in fields[section]
        if not reasons(record).get(name)
    } == set()


@pytest.mark.parametrize(("section", "record"), sections().items())
def test_every_bound_is_kept_on_both_sides(section: str, record: type) -> None:
    for name, mark in marks(record).items():
        low = mark.above if mark.above is not None else mark.least
        if low is not None:
            wrong = low if mark.above is not None else low - 1
            with pytest.raises(UsageError, match=rf"{name} must .*, got"):
                load_settings(None, [f"{section}.{name}={wrong:g}"])
        if mark.most is not None:
            with pytest.raises(UsageError, match=rf"{name} must .*, got"):
                load_settings(None, [f"{section}.{name}={mark.most + 1:g}"])


@pytest.mark.parametrize(("section", "record"), sections().items())
def test_a_constant_cannot_be_set_and_one_line_says_what_it_became(
    section: str, record: type
) -> None:
    for name, value in Settings().model_dump()[section].items():
        if name not in marks(record):
            with pytest.raises(UsageError, match=f"{section}.{name} is no setting any more: it is"):
                load_settings(None, [f"{section}.{name}={value}"])


@pytest.mark.parametrize(("old", "new"), MOVED.items())
def test_a_setting_that_moved_is_refused_by_its_new_name(old: str, new: str) -> None:
    with pytest.raises(UsageError, match=f"{old} is {new} now"):
        load_settings(None, [f"{old}=1"])


def test_settings_of_an_older_run_are_read_with_what_has_moved_since() -> None:
    now = dict(settings_that_change_results(Settings()))
    older = now | {
        "sources": dict(now["sources"]) | {"mirror_paths_silent": 7, "of_another_time": 1},
        "copies": dict(now["copies"]) | {"contained": 0.6},
    }
    settings = settings_of_run(older)
    assert (settings.mirrors.clone_paths, settings.copies.contained) == (7, 0.6)
    assert settings_of_run(now) == Settings()


def test_every_setting_can_be_set_from_the_command_line() -> None:
    for section, inner in settable(Settings()).items():
        words = [f"{section}.{key}={json.dumps(value)}" for key, value in inner.items() if value]
        assert load_settings(None, words) == Settings()


def test_overrides_go_before_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[match]\nsample_one_in = 20\nshingle_words = 6\n", "utf-8")
    match = load_settings(path, ["match.sample_one_in=16"]).match
    assert (match.sample_one_in, match.shingle_words) == (16, 6)


def test_the_last_override_of_a_key_counts() -> None:
    assert load_settings(None, ["run.rounds=1", "run.rounds=2"]).run.rounds == 2


@pytest.mark.parametrize("text", ["jsonl", '"jsonl"', " jsonl "])
def test_words_need_no_quotes(text: str) -> None:
    assert load_settings(None, [f"input.format={text}"]).input.format == "jsonl"


def test_keys_of_a_mapping_are_set_one_by_one() -> None:
    words = ["input.columns.text=story.body", "input.columns.url=link"]
    assert load_settings(None, words).input.columns == {"text": "story.body", "url": "link"}


def test_a_value_may_hold_an_equals_sign() -> None:
    settings = load_settings(None, ["input.columns.text=a=b"])
    assert settings.input.columns == {"text": "a=b"}


def test_settings_never_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().match.bands = 3  # type: ignore[misc]  # that is the point
    with pytest.raises(ValidationError):
        Settings().match = Settings().match  # type: ignore[misc]


def test_settings_of_how_a_run_is_carried_out_are_not_told() -> None:
    assert settings_that_change_results(
        load_settings(None, ["run.workers=2"])
    ) == settings_that_change_results(Settings())


@pytest.mark.parametrize(
    ("override", "told"),
    [
        ("match.band=3", "match.band is no setting"),
        ("copies.band=3", "copies.band is no setting"),
        ("matching.bands=3", "matching is no setting"),
        ("match.shingle_words=0", r"match: shingle_words must lie in \[2, 16\], got 0"),
        ("match.shingle_words=many", "match.shingle_words: .* got 'many'"),
        ("match.bands=64", "match.bands is no setting any more: it is a constant, 32, with"),
        ("match.shingle_words.x.y=1", "match.shingle_words: .*"),
        ("match=3", "takes section.key=value, got 'match=3'"),
        ("match.bands", "takes section.key=value, got 'match.bands'"),
        ("match.=3", "takes section.key=value"),
        ("=3", "takes section.key=value"),
        ("copies.near_jaccard=85", r"near_jaccard must lie in \[0, 1\], got 85"),
        ("copies.near_jaccard=nan", "near_jaccard must lie in .* got nan"),
        ("guard.contained=-0.1", "contained must lie in .* got -0.1"),
        ("boilerplate.minimum_witnesses=-4", "minimum_witnesses must be 0 or more, got -4"),
        ("mirrors.clone_bound=1.5", r"mirrors: clone_bound must lie in \[0, 1\], got 1.5"),
        ("extract.timeout_s=0", "extract: timeout_s must be more than 0, got 0"),
        ("checks.dates_drop=0", r"checks: dates_drop must lie in \(0, 1\], got 0"),
        ("input.format=word", "input.format: .* got 'word'"),
        ("input.mapping=none", "mapping none is unknown; known are default, "),
        ("input.columns.body=story", "body is no field of ours; known are text, "),
    ],
)
def test_a_wrong_setting_is_refused_with_what_was_got(override: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        load_settings(None, [override])


@pytest.mark.parametrize(
    "toml",
    ["match = 3", "[match]\nband = 1", "bands = 3", "[match", "a = \x00", "[run]\nrounds = 99"],
)
def test_a_wrong_file_is_refused(toml: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        told_in(toml, tmp_path)


def test_a_value_below_a_value_is_refused() -> None:
    with pytest.raises(UsageError, match="rounds is no section"):
        load_settings(None, ["run.rounds=3", "run.rounds.x.y=1"])


def test_all_faults_are_told_in_one_line() -> None:
    words = [
        "match.band=3",
        "run",
        "match.shingle_words=0",
        "match.sample_one_in=0",
        "run.rounds=x",
    ]
    with pytest.raises(UsageError) as raised:
        load_settings(None, [*words, "run.rounds=x", "copies.contained=1"])
    for fault in ("match.band is", "got 'run'", "got 0; sample_one_in", "run.rounds:", "any more"):
        assert fault in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "words",
    [
        ("config", "show", "--set", "match.shingle_words=0"),
        ("config", "show", "--set", "match"),
        ("config", "show", "--config", "nowhere.toml"),
        ("config", "check", "nowhere.toml"),
        ("run", "--output", "out"),
        ("run", "--output", "out", "--input", "nowhere/*.warc.gz"),
        ("run", "--output", "out", "--input", "x", "--set", "match.nothing=1"),
        ("run", "--output", "out", "--input", "x", "--nothing"),
        ("run", "--output", "out", "--input", "x", "--workers", "-1"),
        ("nothing",),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(
    words: tuple[str, ...], shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, error = shell.run(*words)
    assert (code, out, error.count("\n")) == (USAGE, "", 1)
    assert error.startswith("copytrail: ")
    assert list(tmp_path.iterdir()) == []


def test_no_command_shows_the_help(shell: Shell) -> None:
    code, out, error = shell.run()
    assert (code, out) == (USAGE, "")
    assert error.startswith("Usage: ")


def test_config_show_prints_the_settings_in_force(shell: Shell) -> None:
    code, out, error = shell.run("config", "show", "--set", "match.shingle_words=6")
    assert (code, error) == (0, "")
    assert Settings.model_validate_json(out) == load_settings(None, ["match.shingle_words=6"])


def test_config_schema_describes_every_setting(shell: Shell) -> None:
    code, out, _ = shell.run("config", "schema")
    parts = json.loads(out)["$defs"].values()
    described = {key for part in parts for key in part["properties"]}
    assert code == 0
    assert described == {key.partition(".")[2] for key in keys(settable(Settings()))}
    assert all(each["description"] for part in parts for each in part["properties"].values())


def test_config_check_takes_the_default_file(shell: Shell) -> None:
    code, out, error = shell.run("config", "check", str(DEFAULTS))
    assert (code, error) == (0, "")
    assert out.endswith("default.toml is right\n")


def test_weights_of_practice_add_up_to_one() -> None:
    with pytest.raises(
        UsageError, match=r"practice_weights: the weights must add up to 1, got 1\.1"
    ):
        load_settings(None, ["practice_weights.version=mine", "practice_weights.credit=0.35"])


def test_other_weights_of_practice_want_a_version_of_their_own() -> None:
    other = ["practice_weights.credit=0.3", "practice_weights.sourcing=0.15"]
    with pytest.raises(
        UsageError, match="version 1 has other weights; write a version of your own"
    ):
        load_settings(None, other)
    mine = load_settings(None, ["practice_weights.version=mine", *other]).practice_weights
    assert (mine.version, mine.credit) == ("mine", 0.3)


def test_a_weight_of_practice_is_a_share() -> None:
    with pytest.raises(UsageError, match=r"credit must lie in \[0, 1\], got -0\.25"):
        load_settings(None, ["practice_weights.version=x", "practice_weights.credit=-0.25"])
