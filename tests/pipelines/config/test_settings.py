"""Settings: what is taken, what is refused, and how the command line says so."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from dedupe.candidates.keys import CandidateRules
from pipelines.commands.app import app
from pipelines.commands.exit_status import guarded
from pipelines.config.rules import candidate_rules, mirror_rules
from pipelines.config.settings import Settings, load_settings, told_settings
from pipelines.errors import USAGE, UsageError
from pipelines.stages.extract.read_split import limits_of
from sources.limits import Limits
from sources.mirrors.rules import MirrorRules

DEFAULTS = Path(__file__).parents[3] / "configs" / "default.toml"


def keys(told: dict[str, Any]) -> set[str]:
    """Every `section.key` of settings."""
    return {f"{section}.{key}" for section, inner in told.items() for key in inner}


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
    assert tomllib.loads(DEFAULTS.read_text("utf-8")) == Settings().model_dump(mode="json")


def test_every_setting_in_the_default_file_has_a_reason_above_it() -> None:
    lines = DEFAULTS.read_text("utf-8").splitlines()
    places = [place for place, line in enumerate(lines) if re.match(r"\w+ = ", line)]
    assert len(places) == len(keys(Settings().model_dump()))
    assert [lines[place] for place in places if not lines[place - 1].startswith("# ")] == []


def test_bounds_and_rules_of_the_pure_packages_have_the_same_defaults() -> None:
    assert limits_of(Settings()) == Limits()
    assert mirror_rules(Settings()) == MirrorRules()


def test_every_setting_can_be_set_from_the_command_line() -> None:
    told = Settings().model_dump(mode="json")
    for section, inner in told.items():
        words = [f"{section}.{key}={json.dumps(value)}" for key, value in inner.items() if value]
        assert load_settings(None, words) == Settings()


def test_overrides_go_before_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[match]\nbands = 20\nband_rows = 5\n", "utf-8")
    told = load_settings(path, ["match.bands=16"]).match
    assert (told.bands, told.band_rows) == (16, 5)


def test_the_last_override_of_a_key_counts() -> None:
    assert load_settings(None, ["match.bands=16", "match.bands=8"]).match.bands == 8


@pytest.mark.parametrize("text", ["jsonl", '"jsonl"', " jsonl "])
def test_words_need_no_quotes(text: str) -> None:
    assert load_settings(None, [f"input.format={text}"]).input.format == "jsonl"


def test_keys_of_a_mapping_are_set_one_by_one() -> None:
    words = ["input.columns.text=story.body", "input.columns.url=link"]
    assert load_settings(None, words).input.columns == {"text": "story.body", "url": "link"}


def test_a_value_may_hold_an_equals_sign() -> None:
    told = load_settings(None, ["input.columns.text=a=b"])
    assert told.input.columns == {"text": "a=b"}


def test_settings_never_change() -> None:
    with pytest.raises(ValidationError):
        Settings().match.bands = 3  # type: ignore[misc]  # that is the point


def test_settings_of_how_a_run_is_carried_out_are_not_told() -> None:
    assert told_settings(load_settings(None, ["run.workers=2"])) == told_settings(Settings())


@pytest.mark.parametrize(
    ("override", "told"),
    [
        ("match.band=3", "match.band is no setting"),
        ("copies.band=3", "copies.band is no setting"),
        ("matching.bands=3", "matching is no setting"),
        ("match.bands=0", "match.bands: .* got 0"),
        ("match.bands=many", "match.bands: .* got 'many'"),
        ("match.bands=64", "64 x 4, more than permutations = 128"),
        ("match.bands.x.y=1", "match: .*|match.bands: .*"),
        ("match=3", "takes section.key=value, got 'match=3'"),
        ("match.bands", "takes section.key=value, got 'match.bands'"),
        ("match.=3", "takes section.key=value"),
        ("=3", "takes section.key=value"),
        ("copies.near_jaccard=85", r"near_jaccard must lie in \[0, 1\], got 85"),
        ("copies.near_jaccard=nan", "near_jaccard must lie in .* got nan"),
        ("guard.contained=-0.1", "contained must lie in .* got -0.1"),
        ("roundups.examined=-1", "examined must be 0 or more, got -1"),
        ("boilerplate.sample_texts=-4", "sample_texts must be 0 or more, got -4"),
        ("sources.mirror_bound_silent=1.5", "sources.mirror_bound_silent: .* got 1.5"),
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
    ["match = 3", "[match]\nbands = 0", "[match]\nband = 1", "bands = 3", "[match", "a = \x00"],
)
def test_a_wrong_file_is_refused(toml: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        told_in(toml, tmp_path)


def test_a_value_below_a_value_is_refused() -> None:
    with pytest.raises(UsageError, match="bands is no section"):
        load_settings(None, ["match.bands=3", "match.bands.x.y=1"])


def test_how_many_more_faults_there_are_is_said() -> None:
    with pytest.raises(UsageError, match=r"\(and 1 more\)"):
        load_settings(None, ["match.bands=0", "match.band_rows=0"])


@pytest.mark.parametrize(
    "words",
    [
        ("config", "show", "--set", "match.bands=0"),
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
    code, out, error = shell.run("config", "show", "--set", "match.bands=16")
    assert (code, error) == (0, "")
    assert Settings.model_validate_json(out) == load_settings(None, ["match.bands=16"])


def test_config_schema_describes_every_setting(shell: Shell) -> None:
    code, out, _ = shell.run("config", "schema")
    told = json.loads(out)["$defs"].values()
    described = {key for section in told for key in section["properties"]}
    assert code == 0
    assert described == {key.partition(".")[2] for key in keys(Settings().model_dump())}


def test_config_check_takes_the_default_file(shell: Shell) -> None:
    code, out, error = shell.run("config", "check", str(DEFAULTS))
    assert (code, error) == (0, "")
    assert out.endswith("default.toml is right\n")


def test_what_is_measured_in_one_process_has_the_settings_of_a_run() -> None:
    assert candidate_rules(Settings().match) == CandidateRules()


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
