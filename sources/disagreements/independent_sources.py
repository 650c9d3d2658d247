"""How many voices say a thing: articles of one source, one text or one agency are one voice.

Copies do not vote: a text that five outlets carry is one version of it, and so are the versions
that one outlet published one after the other.
"""

from collections.abc import Iterable, Mapping, Sequence

from schemas.member import Member

SAME_TEXT = 0.95
"""Share of an article's shingles that another has, from which it is a shortened copy of that."""


def independent(members: Sequence[Member], containments: Mapping[str, Mapping[str, float]]) -> int:
    """How many groups are left when members that are one voice are joined.

    Args:
        members: articles that say the same, of one cluster.
        containments: for an article id, for others, the share of its shingles that they have.
    """
    home: dict[str, str] = {}
    known = {one.article_id for one in members}
    for member in members:
        own = f"article {member.article_id}"
        for name in _names(member):
            _join(home, own, name)
        for other, share in containments.get(member.article_id, {}).items():
            if share >= SAME_TEXT and other in known:
                _join(home, own, f"article {other}")
    return len({_root(home, f"article {one.article_id}") for one in members})


def _names(member: Member) -> Iterable[str]:
    yield f"source {member.source_id}"
    yield f"text {member.text_key}"
    yield from (f"wire {name}" for name in member.wire_credits)


def _root(home: dict[str, str], name: str) -> str:
    while (parent := home.setdefault(name, name)) != name:
        home[name] = home[parent]  # halving keeps paths short
        name = home[name]
    return name


def _join(home: dict[str, str], left: str, right: str) -> None:
    a, b = _root(home, left), _root(home, right)
    if a != b:
        home[max(a, b)] = min(a, b)
