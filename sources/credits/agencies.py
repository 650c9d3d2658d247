"""News agencies by the names and tags under which their copy is credited: facts, no judgement.

agencies.toml beside this module is the shipped part of every registry.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sources.outlets.registry import Domain, Outlet, Registry

SHIPPED = Path(__file__).with_name("agencies.toml")


@lru_cache(maxsize=1)
def shipped_registry() -> Registry:
    """The agencies that come with copytrail."""
    written = tomllib.loads(SHIPPED.read_text("utf-8"))["outlet"]
    return Registry(tuple(sorted(map(_outlet, written), key=lambda outlet: outlet.outlet_id)))


def _outlet(written: Mapping[str, Any]) -> Outlet:
    return Outlet(
        outlet_id=written["id"],
        name=written["name"],
        kind=written["kind"],
        domains=tuple(Domain(name) for name in written.get("domains", ())),
        names=tuple(written.get("names", ())),
        tags=tuple(written.get("tags", ())),
    )


_SHORTEST_IN_CAPITALS = 4
"""Letters of a name that datelines print so (`TOKYO, KYODO -`); shorter ones are other words."""


def _tags() -> dict[str, str]:
    """The agency of each tag: those of the registry, names as the tables write them, capitals."""
    tags = {}
    for entry in shipped_registry().outlets:
        for tag in (entry.name, *entry.tags):
            tags[tag] = entry.name
            if len(tag) >= _SHORTEST_IN_CAPITALS:
                tags.setdefault(tag.upper(), entry.name)
    return tags


_TAGS = _tags()
_NAMES = {
    name.lower(): outlet.name for outlet in shipped_registry().outlets for name in outlet.names
}


def _alternatives(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


AGENCY = rf"(?:(?:{_alternatives(_TAGS)})(?!\w)|(?i:{_alternatives(_NAMES)})(?!\w))"
"""A regular expression for one agency's name; no part of it repeats."""
AGENCIES = re.compile(rf"(?<!\w){AGENCY}")


def agency(name: str) -> str | None:
    """The agency's name as the tables write it, None where `name` is no agency's.

    >>> agency("Deutsche Presse-Agentur"), agency("ap"), agency("AP")
    ('dpa', None, 'AP')
    """
    stripped = name.strip(" \t()[]/.,;:")
    return _TAGS.get(stripped) or _NAMES.get(stripped.lower())


def agencies_in(text: str) -> tuple[str, ...]:
    """The agencies named in a short text, each once, in order."""
    agencies = (agency(match[0]) for match in AGENCIES.finditer(text))
    return tuple(dict.fromkeys(name for name in agencies if name))
