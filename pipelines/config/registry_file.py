"""Outlet registries: TOML files of known outlets, checked before a run reads anything."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    model_validator,
)

from pipelines.config.toml_files import FilePart, read_checked
from pipelines.errors import UsageError
from sources.credits.agencies import shipped_registry
from sources.hosts import has_registrable_domain, normal_host, registrable_domain
from sources.outlets.registry import Domain, Outlet, Registry, joined_registries


def _domain_name(written: str) -> str:
    host = normal_host(written)
    if host is None or not has_registrable_domain(host):
        raise ValueError(f"{written!r} is no domain somebody registered; write it as `example.com`")
    return host


def _source_id(written: str) -> str:
    """A registry id as it is, anything else as the domain that names a source without one."""
    return registrable_domain(_domain_name(written)) if "." in written else written


def _day(value: Any) -> Any:
    if isinstance(value, datetime) or not isinstance(value, date | str):
        raise ValueError(f"a day is written as 2024-06-30 without a time, got {value}")
    return value


Name = Annotated[str, Field(min_length=1, max_length=200)]
DomainName = Annotated[str, Field(max_length=253), AfterValidator(_domain_name)]
Day = Annotated[date, BeforeValidator(_day)]


class DomainEntry(FilePart):
    """A domain in the days in which it was the outlet's."""

    name: DomainName = Field(description="with all names below it; `www.` is left out")
    since: Day | None = Field(None, alias="from", description="first day; none: always was")
    until: Day | None = Field(None, description="last day, inclusive; none: still is")

    @model_validator(mode="after")
    def _check_days(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"{self.name} is held until {self.until}, before from = {self.since}")
        return self


def _domain_entry(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class OutletEntry(FilePart):
    """An outlet: what it is called and which domains are its own."""

    id: str = Field(
        pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$",
        description="source_id in the tables; without dots, so that no domain is like it",
    )
    name: Name = Field(description="as tables show it; of an agency, as wire_credits name it")
    kind: Literal["outlet", "agency"] = Field("outlet", description="agencies have credits")
    domains: tuple[Annotated[DomainEntry, BeforeValidator(_domain_entry)], ...] = Field(
        (), description="the main one first; a name, or a table of name, from and until"
    )
    names: tuple[Name, ...] = Field(
        (), description="of an agency: names that credit it, in any case"
    )
    tags: tuple[Name, ...] = Field(
        (), description="of an agency: as datelines and credits write it, `AFP`; case counts"
    )
    ignore: tuple[Annotated[str, AfterValidator(_source_id)], ...] = Field(
        (),
        description="source ids (registry ids or domains) that are somebody else's: never joined "
        "with this outlet, never listed as look-alikes of it",
    )

    @model_validator(mode="after")
    def _check_credits(self) -> Self:
        if self.kind != "agency" and (self.names or self.tags):
            raise ValueError(f'{self.id} has names or tags; they are for kind = "agency"')
        return self


class RegistryFile(FilePart):
    """A registry of outlets."""

    outlet: tuple[OutletEntry, ...] = Field((), description="one [[outlet]] each")


def load_registries(paths: Sequence[str]) -> Registry:
    """The outlets of all files, and the agencies that come with copytrail where these are silent.

    Raises:
        UsageError: a file cannot be read, or says what cannot be.
    """
    entries = [(path, entry) for path in paths for entry in read_registry(path).outlet]
    _check_unique(entries)
    outlets = sorted((_outlet(entry) for _, entry in entries), key=lambda outlet: outlet.outlet_id)
    return joined_registries(Registry(tuple(outlets)), shipped_registry())


def read_registry(path: str) -> RegistryFile:
    """One file, checked for itself; raises UsageError as load_registries does."""
    return read_checked(RegistryFile, "registry", path)


def _check_unique(entries: Iterable[tuple[str, OutletEntry]]) -> None:
    """That no id, day of a domain, or name of an agency is given twice."""
    ids: dict[str, str] = {}
    held: dict[str, list[tuple[str, Domain]]] = {}
    credited: dict[str, str] = {}
    for path, entry in entries:
        if entry.id in ids:
            raise UsageError(
                f"registry {path}: outlet {entry.id} stands in {ids[entry.id]} as well"
            )
        ids[entry.id] = path
        for domain in _outlet(entry).domains:
            for other, days in held.setdefault(domain.name, []):
                if days.meets(domain):
                    raise UsageError(
                        f"registry {path}: {domain.name} is {other}'s and {entry.id}'s on the same "
                        "day; give each its from and until"
                    )
            held[domain.name].append((entry.id, domain))
        for credit in (*entry.tags, *(name.lower() for name in entry.names)):
            if credited.setdefault(credit, entry.id) != entry.id:
                raise UsageError(
                    f"registry {path}: {credit!r} credits both {credited[credit]} and {entry.id}"
                )


def _outlet(entry: OutletEntry) -> Outlet:
    domains = tuple(Domain(dated.name, dated.since, dated.until) for dated in entry.domains)
    return Outlet(entry.id, entry.name, entry.kind, domains, entry.names, entry.tags, entry.ignore)
