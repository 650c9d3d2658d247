"""Names that are joined to sets by pairs: union-find for names; dedupe has that for numbers."""

from collections import defaultdict


class DisjointSets:
    """Sets of names, each known by its smallest name.

    >>> sets = DisjointSets()
    >>> sets.join("b", "c"), sets.join("a", "b"), sets.name_of("c"), sets.name_of("d")
    (None, None, 'a', 'd')
    """

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def join(self, left: str, right: str) -> None:
        """Makes the sets of two names one."""
        smaller, larger = sorted((self.name_of(left), self.name_of(right)))
        self._parents[larger] = smaller

    def name_of(self, member: str) -> str:
        """The smallest name of the member's set; a name that was never joined is its own set."""
        while (parent := self._parents.setdefault(member, member)) != member:
            self._parents[member] = self._parents[parent]  # halving keeps paths short
            member = self._parents[member]
        return member

    def sets(self) -> dict[str, list[str]]:
        """The members of each set in order, by its name, in the order of names."""
        members: dict[str, list[str]] = defaultdict(list)
        for member in sorted(self._parents):
            members[self.name_of(member)].append(member)
        return dict(members)
