"""Who published which story, when, and how it was changed: the plan of the sample."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipelines.sample.stories import SampleStory, read_toml, stories


@dataclass(frozen=True, slots=True)
class Placement:
    """One story at one outlet, with what its desk did to it."""

    story: SampleStory
    at: datetime
    kind: str = "original"
    """original, copy, trimmed, edited, revision, roundup or template."""
    title: str = ""
    author: str = ""
    slug: str = ""
    dateline: str | None = None
    """None keeps the story's own; an empty one leaves it out, and with it the credit."""
    outlet_credit: str | None = None
    """The outlet that an appended line names as the origin."""
    keep: tuple[int, ...] = ()
    replace: tuple[tuple[str, str], ...] = ()
    append: tuple[str, ...] = ()
    openings: tuple[SampleStory, ...] = ()
    only_here: bool = False


@dataclass(frozen=True, slots=True)
class Mirror:
    """Another host that carries an outlet's pages under the same paths."""

    host: str
    kind: str
    crawl_delay_minutes: int
    has_www: bool = False
    announces_back: bool = False
    keeps_footer: bool = False
    """Its pages name the hosts that the outlet's own pages name, and so itself and not these."""


@dataclass(frozen=True, slots=True)
class SampleOutlet:
    """A fictional publisher with its pages in the order in which they appeared."""

    key: str
    name: str
    host: str
    language: str
    layout: str
    path: str
    crawl_delay_minutes: int
    pages: tuple[Placement, ...]
    has_www: bool = False
    charset: str = "utf-8"
    lookalike_of: str | None = None
    mirrors: tuple[Mirror, ...] = ()

    @property
    def announced(self) -> tuple[Mirror, ...]:
        """The mirrors that the outlet's own footer names."""
        return tuple(mirror for mirror in self.mirrors if mirror.kind == "mirror")


def outlets() -> list[SampleOutlet]:
    """Return the outlets of the sample as outlets.toml describes them."""
    return [_outlet(key, entry) for key, entry in read_toml("outlets.toml").items()]


def _outlet(key: str, entry: Mapping[str, Any]) -> SampleOutlet:
    fields = dict(entry)
    pages = tuple(_placement(page) for page in fields.pop("pages"))
    mirrors = tuple(Mirror(**mirror) for mirror in fields.pop("mirrors", ()))
    return SampleOutlet(key=key, pages=pages, mirrors=mirrors, **fields)


def _placement(page: Mapping[str, Any]) -> Placement:
    fields = dict(page)
    story = stories()[fields.pop("story")]
    fields["title"] = fields.get("title", story.title)
    fields["author"] = fields.get("author", story.author)
    fields["openings"] = tuple(stories()[key] for key in fields.get("openings", ()))
    fields["replace"] = tuple((old, new) for old, new in fields.get("replace", ()))
    for name in ("keep", "append"):
        fields[name] = tuple(fields.get(name, ()))
    return Placement(story=story, **fields)
