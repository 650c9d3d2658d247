"""How much of a run the page holds: the most that is shown of everything, and what it may weigh."""

from dataclasses import dataclass, fields

SUMMARY_CHARS = 560_000
"""Of what is unpacked at once, as it stands in the page."""
DETAIL_CHARS = 640_000
"""Of what is unpacked when a story is opened. With both, the libraries (490 kB) and our own scripts
the page stays below 2 MB."""
CHUNK_BYTES = 96_000
"""Stories are packed together up to this size: texts of one run resemble each other little, and a
chunk is unpacked in some milliseconds."""


@dataclass(frozen=True, slots=True)
class ReportLimits:
    """The most that is shown of each kind; the rest is in the tables, and the page says so."""

    outlets: int = 1_000
    edges: int = 3_000
    stories: int = 1_000
    groups: int = 300
    evidence: int = 1_000
    rejected: int = 8
    """Examples of each reason."""
    chars: int = 240
    """Of a title, an address or a passage."""

    def halved(self) -> "ReportLimits":
        """Half of everything, and never less than one."""
        halves = {field.name: max(1, getattr(self, field.name) // 2) for field in fields(self)}
        return ReportLimits(**halves)


MEMBERS = 200
"""Articles shown of one story, in time order."""
VERSIONS = 40
"""Different texts of one story that can be compared; later ones are listed without their text."""
FACTS = 120
"""Disagreements shown of one story."""


def short(text: str | None, chars: int) -> str | None:
    """The text, cut at `chars` characters.

    >>> short("a headline", 6)
    'a hea…'
    """
    return text if text is None or len(text) <= chars else text[: chars - 1] + "…"
