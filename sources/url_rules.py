"""What in an address does not say which page it is: the table url_rules.toml, and a user's own."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Any

from schemas.setting import ANY

_NAME = re.compile(r"[\w.*~-]+")
_CAPTURE = re.compile(r"(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?P<path>/[^{}]*(?:\{time\}[^{}]*)?)")
_HELD = {"{url}": r"(?P<url>.+)", "{time}": r"(?P<time>\d[\d.-]{3,19})", "*": "[^/]*"}


@dataclass(frozen=True, slots=True)
class AddressRules:
    """What else in addresses does not say which page it is.

    All of it holds beside what comes with copytrail (sources/url_rules.toml), for every outlet.
    """

    parameters: Annotated[tuple[str, ...], ANY] = ()
    """Names of parameters that say how a reader came to a page: campaigns, sessions, buttons that
    share. In lower case and matched whole; `*` stands for any letters, digits and _."""
    values: Annotated[tuple[str, ...], ANY] = ()
    """Parameters that ask for another form of a page, with their value: "skin=print"; "ansicht=*"
    for any value."""
    forms: Annotated[tuple[str, ...], ANY] = ()
    """First or last parts of a path that ask for another form of a page: "drucken"."""
    endings: Annotated[tuple[str, ...], ANY] = ()
    """Ends of the last part of a path that do, before its suffix: ".print"."""
    captures: Annotated[tuple[str, ...], ANY] = ()
    """Web archives, caches and proxies, whose addresses hold the address of an outlet's page:
    "archive.example.org/view/{time}/{url}", where `*` stands for anything but a slash. {time} is
    the time of the capture as digits, and may be left out. The host holds for all names below
    it."""

    def faults(self) -> list[str]:
        """What can stand in no address, or says no page."""
        names = [*self.parameters, *(pair.partition("=")[0] for pair in self.values)]
        parts = [*self.forms, *(ending.removeprefix(".") for ending in self.endings)]
        written = [name for name in [*names, *parts] if not _NAME.fullmatch(name)]
        written += [name for name in [*names, *parts] if name != name.lower() or name == "*"]
        faults = [f"{name!r} is no name in lower case" for name in dict.fromkeys(written)]
        faults += [
            f"{pair!r} has no value; write name=value" for pair in self.values if _bare(pair)
        ]
        faults += [
            f"{capture!r} is not of the form host/path/{{time}}/{{url}}"
            for capture in self.captures
            if _capture(capture) is None
        ]
        return faults


SHIPPED = AddressRules()
"""Nothing beside the table that comes with copytrail."""


@lru_cache(maxsize=1)
def url_rules() -> dict[str, Any]:
    """The table as it is written."""
    return tomllib.loads(files("sources").joinpath("url_rules.toml").read_text("utf-8"))


@lru_cache(maxsize=8)
def dropped_parameters(rules: AddressRules) -> re.Pattern[str]:
    """Matches the names of parameters that say how a reader came to a page, in lower case."""
    shipped = [name for names in url_rules()["parameters"].values() for name in names]
    return re.compile("|".join(map(_pattern, [*shipped, *rules.parameters])))


@lru_cache(maxsize=8)
def dropped_values(rules: AddressRules) -> re.Pattern[str]:
    """Matches parameters that ask for another form of the page, `name=value` in lower case."""
    shipped = [(name, value) for name, values in url_rules()["values"].items() for value in values]
    own = [(name, value) for name, _, value in (pair.partition("=") for pair in rules.values)]
    pairs = [f"{_pattern(name)}(?:={_pattern(value, '.*')})" for name, value in [*shipped, *own]]
    return re.compile("|".join(pairs))


@lru_cache(maxsize=8)
def path_forms(rules: AddressRules) -> tuple[frozenset[str], tuple[str, ...]]:
    """First or last parts of a path that ask for another form, and such ends of its last part."""
    paths = url_rules()["paths"]
    return frozenset([*paths["forms"], *rules.forms]), (*paths["endings"], *rules.endings)


@lru_cache(maxsize=8)
def capturing_services(rules: AddressRules) -> Sequence[dict[str, Any]]:
    """The entries of services that serve others' pages, a user's own as if the table had them."""
    own = [entry for capture in rules.captures if (entry := _capture(capture)) is not None]
    return [*url_rules()["captures"], *own]


def _capture(written: str) -> dict[str, Any] | None:
    """The entry that a form such as `host/{time}/{url}` stands for; None where it is none."""
    form, braced, rest = written.partition("{url}")
    match = _CAPTURE.fullmatch(form)
    if match is None or not braced or rest:
        return None
    pieces = re.split(r"(\{time\}|\*)", match["path"])
    path = "".join(_HELD.get(piece) or re.escape(piece) for piece in pieces)
    return {"name": match["host"], "hosts": [match["host"]], "patterns": [path + _HELD["{url}"]]}


def _bare(pair: str) -> bool:
    return not pair.partition("=")[2]


def _pattern(written: str, star: str = r"\w*") -> str:
    return star.join(map(re.escape, written.split("*")))
