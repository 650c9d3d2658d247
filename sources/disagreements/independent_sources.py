"""How many voices say a thing: articles of one source, one text or one agency are one voice.

Copies do not vote: a text that five outlets carry is one version of it, and so are the versions
that one outlet published one after the other. Nor do sources that may be one outlet's, as far as
each of them is tied to each other: a clone of two outlets makes them no single voice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from schemas.member import Member
from sources.disjoint_sets import DisjointSets

SHORTENED_COPY_CONTAINMENT = 0.95
"""Share of an article's shingles that another has, from which it is a shortened copy of that and
no voice of its own. Neither the Jaccard similarity of two pages under one path (.9,
pipelines/stages/outlets/shared_paths.py) nor that of a revision (copies.same_text): a text that was
cut has a low similarity to the whole, and a word added to it is a change."""


def independent(members: Sequence[Member], containments: Mapping[str, Mapping[str, float]]) -> int:
    """How many groups are left when members that are one voice are joined.

    Args:
        members: articles that say the same, of one cluster.
        containments: for an article id, for others, the share of its shingles that they have.
    """
    tied = DisjointSets()
    known = {member.article_id for member in members}
    for member in members:
        own = f"article {member.article_id}"
        for name in _names(member):
            tied.join(own, name)
        for other, share in containments.get(member.article_id, {}).items():
            if share >= SHORTENED_COPY_CONTAINMENT and other in known:
                tied.join(own, f"article {other}")
    voices: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        voices[tied.name_of(f"article {member.article_id}")].append(member)
    return without_candidates(list(voices.values()))


def without_candidates(voices: Sequence[Sequence[Member]]) -> int:
    """How many voices are left when those that may be one outlet's are counted as one.

    Args:
        voices: the articles of each, of one cluster.
    """
    if not any(member.candidate_sources for voice in voices for member in voice):
        return len(voices)  # nearly always
    tied = {member.source_id: member.candidate_sources for voice in voices for member in voice}
    joined: list[set[str]] = []
    ordered = sorted(voices, key=lambda voice: min(member.article_id for member in voice))
    n_voices = 0
    for sources in ({member.source_id for member in voice} for voice in ordered):
        home = next((group for group in joined if _may_be_one(group, sources, tied)), None)
        if home is None:
            n_voices += 1
            joined.append(set(sources))
        else:
            home |= sources
    return n_voices


def _may_be_one(
    sources: Iterable[str], others: Iterable[str], tied: Mapping[str, frozenset[str]]
) -> bool:
    """Whether each of some may be one outlet with each of others, and not all are the same."""
    pairs = [(a, b) for a in sources for b in others]
    is_all = all(a == b or (b in tied[a] and a in tied[b]) for a, b in pairs)
    return is_all and any(a != b for a, b in pairs)


def _names(member: Member) -> Iterable[str]:
    yield f"source {member.source_id}"
    yield f"text {member.text_key}"
    yield from (f"wire {name}" for name in member.wire_credits)
