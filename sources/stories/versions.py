"""The versions of a story that are read again: one text each, near the cluster's representative."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from schemas.member import Member
from sources.languages.language_files import any_of
from sources.stories.credited_names import unambiguous_names

MIN_NAME_CHARS = 4
MAX_TEXT_CHARS = 60_000
_NEAR = 40
"""Characters between an outlet's name and the word that says that it reported."""
_ARTICLE = re.compile(rf"(?i)^(?:{any_of(lambda each: each.outlets.dropped_articles)})\s+")


MAX_VERSIONS = 24
"""Different texts of a cluster that are read, so that a cluster of 2,000 stays linear."""


def versions(
    members: Sequence[Member], representative: str, shares: Mapping[str, float]
) -> list[Member]:
    """One member for each text that is read: the representative first, the nearest to it next.

    None where all members have one text from one source: there is nothing to compare.

    Args:
        members: a cluster's.
        representative: an article id.
        shares: for other article ids, the share of the representative's shingles they have.
    """
    if (
        len({member.source_id for member in members}) < 2
        and len({member.text_key for member in members}) < 2
    ):
        return []
    ordered = sorted(
        members,
        key=lambda member: (
            member.article_id != representative,
            -shares.get(member.article_id, 0.0),
            member.article_id,
        ),
    )
    by_text: dict[int, Member] = {}
    for member in ordered:
        by_text.setdefault(member.text_key, member)
    return list(by_text.values())[:MAX_VERSIONS]


def named_by(
    members: Sequence[Member], texts: Sequence[tuple[Member, str]]
) -> dict[str, frozenset[str]]:
    """The other sources of the cluster that each article's text names as reporting.

    An article whose text was not read names nobody.
    """
    names = unambiguous_names(members)
    named_in = {member.text_key: named_sources(text, names) for member, text in texts}
    names_by_article: dict[str, frozenset[str]] = {}
    for member in members:
        named = named_in.get(member.text_key, frozenset()) - {member.source_id}
        if named:
            names_by_article[member.article_id] = named
    return names_by_article


def named_sources(text: str, names: Mapping[str, str]) -> frozenset[str]:
    """The sources that the text names as having reported, be it its own.

    Args:
        text: of an article.
        names: outlets' names as they write them -> source ids.
    """
    text = text[:MAX_TEXT_CHARS]
    return frozenset(
        source
        for name, source in names.items()
        if len(name) >= MIN_NAME_CHARS and _is_named(text, name)
    )


def _is_named(text: str, name: str) -> bool:
    """Whether the name stands in the text beside a word of reporting, at any of its places."""
    bare = _without_article(name)
    if bare not in text:
        return False  # nearly always; a plain search is a hundred times as fast as the pattern
    place = re.compile(rf"(?<!\w){re.escape(bare)}(?!\w)")
    return any(_is_reporting(text, *match.span()) for match in place.finditer(text))


@lru_cache(maxsize=4_096)
def _without_article(name: str) -> str:
    return _ARTICLE.sub("", name)


def _is_reporting(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    before = before.replace("\n", ". ").rpartition(". ")[2]
    after = after.replace("\n", ". ").partition(". ")[0]
    return _VERB.search(before) is not None or _VERB.search(after) is not None


_VERB = re.compile(rf"(?i)(?<![a-zà-ÿа-яё])(?:{any_of(lambda each: each.credits.reported)})")
