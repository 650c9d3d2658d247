"""The table of what in an address does not say which page it is (url_rules.toml)."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=1)
def url_rules() -> dict[str, Any]:
    """The table as it is written."""
    return tomllib.loads(files("sources").joinpath("url_rules.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def dropped_parameters() -> re.Pattern[str]:
    """Matches the names of parameters that say how a reader came to a page, in lower case."""
    names = [name for listed in url_rules()["parameters"].values() for name in listed]
    return re.compile("|".join(map(_pattern, names)))


@lru_cache(maxsize=1)
def dropped_values() -> re.Pattern[str]:
    """Matches parameters that ask for another form of the page, `name=value` in lower case."""
    pairs = [
        f"{_pattern(name)}(?:={_pattern(value, r'.*')})"
        for name, values in url_rules()["values"].items()
        for value in values
    ]
    return re.compile("|".join(pairs))


@lru_cache(maxsize=1)
def path_forms() -> tuple[frozenset[str], tuple[str, ...]]:
    """First or last parts of a path that ask for another form, and such ends of its last part."""
    paths = url_rules()["paths"]
    return frozenset(paths["forms"]), tuple(paths["endings"])


def _pattern(written: str, star: str = r"\w*") -> str:
    return star.join(map(re.escape, written.split("*")))
