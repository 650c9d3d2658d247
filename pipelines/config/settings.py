"""All settings of a run: one TOML file, one frozen Settings, checked before anything is read.

A section is the record of rules of the layer that goes by it, and a setting is a field of it that
is marked as one (schemas.setting), with its bounds; its reason is its attribute docstring. The
other fields are constants: run.json tells them too, but a user cannot set them.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_origin, get_type_hints

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from dedupe.text.boilerplate import BoilerplateRules
from dedupe.verification.clusters import GuardRules
from dedupe.verification.relations import Thresholds
from dedupe.verification.roundups import RoundupRules
from pipelines.config.sections import (
    CheckSettings,
    ExtractSettings,
    InputSettings,
    MatchSettings,
    RunSettings,
    SourceSettings,
)
from pipelines.errors import UsageError
from schemas.setting import Setting
from sources.measures.practice_index import PracticeWeights
from sources.mirrors.rules import MirrorRules
from sources.url_rules import AddressRules

MOVED = {
    "sources.mirror_paths_announced": "mirrors.candidate_paths",
    "sources.mirror_bound_announced": "mirrors.habit_bound",
    "sources.mirror_paths_silent": "mirrors.clone_paths",
    "sources.mirror_bound_silent": "mirrors.clone_bound",
}
"""Settings that stand elsewhere now."""


@cache
def marks(record: type) -> Mapping[str, Setting]:
    """The settings of a section's record: its fields that a user may set, with their bounds."""
    hints = get_type_hints(record, include_extras=True)
    return {
        field.name: mark
        for field in fields(record)
        if get_origin(hints[field.name]) is Annotated
        for mark in hints[field.name].__metadata__
        if isinstance(mark, Setting)
    }


def _checked(section: Any) -> Any:
    """The section, if its values are within their bounds and go together.

    Raises:
        ValueError: they are not; all faults in one line.
    """
    record: type = type(section)
    faults = [
        f"{name} {fault}"
        for name, mark in marks(record).items()
        if (fault := mark.fault(getattr(section, name)))
    ]
    faults += section.faults() if hasattr(section, "faults") else []
    if faults:
        raise ValueError("; ".join(faults))
    return section


class Settings(BaseModel):
    """Everything that a run goes by."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    input: Annotated[InputSettings, AfterValidator(_checked)] = InputSettings()
    extract: Annotated[ExtractSettings, AfterValidator(_checked)] = ExtractSettings()
    addresses: Annotated[AddressRules, AfterValidator(_checked)] = AddressRules()
    boilerplate: Annotated[BoilerplateRules, AfterValidator(_checked)] = BoilerplateRules()
    match: Annotated[MatchSettings, AfterValidator(_checked)] = MatchSettings()
    copies: Annotated[Thresholds, AfterValidator(_checked)] = Thresholds()
    roundups: Annotated[RoundupRules, AfterValidator(_checked)] = RoundupRules()
    guard: Annotated[GuardRules, AfterValidator(_checked)] = GuardRules()
    mirrors: Annotated[MirrorRules, AfterValidator(_checked)] = MirrorRules()
    sources: Annotated[SourceSettings, AfterValidator(_checked)] = SourceSettings()
    practice_weights: Annotated[PracticeWeights, AfterValidator(_checked)] = PracticeWeights()
    checks: Annotated[CheckSettings, AfterValidator(_checked)] = CheckSettings()
    run: Annotated[RunSettings, AfterValidator(_checked)] = RunSettings()


def sections() -> Mapping[str, type]:
    """The record of each section, in order."""
    return {name: type(getattr(Settings(), name)) for name in Settings.model_fields}


def load_settings(path: Path | None, overrides: Sequence[str] = ()) -> Settings:
    """The defaults, changed by the TOML file and then by `section.key=value` overrides.

    Files that the TOML file names are found from its own folder, whatever folder a run is started
    in; those of an override from the latter.

    Raises:
        UsageError: the file cannot be read, or a key is unknown or a value out of its bounds; all
            faults in one line.
    """
    values, faults = _from_its_folder(_read(path), path) if path else {}, []
    for override in overrides:
        try:
            _apply(values, override)
        except UsageError as error:
            faults.append(str(error))
    faults += _take_unknown(values)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        faults += [_in_words(fault) for fault in error.errors()]
    if faults:
        raise UsageError("; ".join(dict.fromkeys(faults)))
    return settings


def settings_of_run(written: Mapping[str, Any]) -> Settings:
    """The settings that a published run was made by.

    Args:
        written: `settings` of its run.json, which older versions wrote too.
    """
    now = deepcopy(dict(written))
    for old, new in MOVED.items():
        (section, name), (to, became) = old.split("."), new.split(".")
        if name in now.get(section, {}):
            now.setdefault(to, {})[became] = now[section].pop(name)
    known = sections()
    return Settings.model_validate(
        {
            section: {
                field.name: values[field.name]
                for field in fields(known[section])
                if field.name in values
            }
            for section, values in now.items()
            if section in known
        }
    )


def settings_that_change_results(settings: Settings) -> Mapping[str, Any]:
    """Every figure that can change a result, for run.json and for fingerprints."""
    return settings.model_dump(mode="json", exclude={"run", "checks"})


def settable(settings: Settings) -> dict[str, dict[str, Any]]:
    """The settings alone, section by section, as a file that sets them all would hold them."""
    values = settings.model_dump(mode="json")
    return {
        section: {name: values[section][name] for name in marks(record)}
        for section, record in sections().items()
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"--config {path} cannot be read as TOML: {error}") from error


def _from_its_folder(values: dict[str, Any], path: Path) -> dict[str, Any]:
    """The values with the files they name as paths from where the run is started."""
    for section, record in sections().items():
        for name, mark in marks(record).items():
            named = values[section].get(name) if isinstance(values.get(section), dict) else None
            if mark.names_files and isinstance(named, list):
                values[section][name] = [
                    str(path.parent / file) if isinstance(file, str) else file for file in named
                ]
    return values


def _apply(values: dict[str, Any], override: str) -> None:
    key, equals, value = override.partition("=")
    section, dot, name = key.strip().partition(".")
    if not (equals and dot and name):
        raise UsageError(f"--set takes section.key=value, got {override!r}")
    inner = values
    *path, last = [section, *name.split(".")]
    for step in path:
        inner = inner.setdefault(step, {})
        if not isinstance(inner, dict):
            raise UsageError(f"--set {override!r}: {step} is no section of settings")
    inner[last] = _value(value.strip())


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text  # an unquoted word is a string


def _take_unknown(values: dict[str, Any]) -> Iterator[str]:
    """Takes out what is no setting; gives for each what it became, or that it never was one."""
    known = sections()
    for section in list(values):
        if section not in known:
            del values[section]
            yield f"{section} is no setting; `copytrail config show` lists them all"
        elif isinstance(values[section], dict):
            for name in [name for name in values[section] if name not in marks(known[section])]:
                del values[section][name]
                yield _what_became(f"{section}.{name}", known[section], name)


def _what_became(key: str, record: type, name: str) -> str:
    if key in MOVED:
        return f"{key} is {MOVED[key]} now"
    if name in {field.name for field in fields(record)}:
        value = getattr(record(), name)
        return (
            f"{key} is no setting any more: it is a constant, {value!r}, with its reason at "
            f"{record.__name__} in {record.__module__.replace('.', '/')}.py"
        )
    return f"{key} is no setting; `copytrail config show` lists them all"


def _in_words(fault: Any) -> str:
    key = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "value_error":  # our own words, which say what was got
        return f"{key}: {fault['ctx']['error']}"
    return f"{key}: {fault['msg']}, got {fault['input']!r}; see `copytrail config schema`"
