"""Texts out of a frame: weather, markets, courts, matches, briefs and tables; copies of nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus_writer import Story, Writer


@dataclass(frozen=True, slots=True)
class Genre:
    """What the texts of a genre have in common."""

    sentences: tuple[int, int]
    """At least and at most."""
    slots: tuple[int, int]
    """Facts of a sentence."""
    pool: int
    """Names that recur from text to text: stations, indices, clubs."""
    recurring: float
    """Share of the names that come from the pool."""
    largest: int
    """Of the numbers; small ones agree by chance."""
    decimals: bool = False


GENRES = {
    "weather": Genre((4, 8), (1, 3), 12, 1.0, 35),
    "markets": Genre((7, 14), (1, 3), 10, 0.8, 3000, decimals=True),
    "court": Genre((5, 10), (0, 2), 4, 0.3, 60),
    "match": Genre((5, 12), (1, 3), 16, 0.8, 90),
    "brief": Genre((2, 4), (1, 3), 6, 0.4, 60, decimals=True),
}


class Frame:
    """The sentences of one genre, each in one or two wordings, with gaps for facts."""

    def __init__(self, writer: Writer, genre: Genre) -> None:
        self.writer, self.genre, self.random = writer, genre, writer.random
        self.pool = [writer.name() for _ in range(genre.pool)]
        self.sentences = [
            [self._wording() for _ in range(self.random.choice((1, 1, 1, 2)))]
            for _ in range(self.random.randint(*genre.sentences))
        ]

    def _wording(self) -> list[str]:
        words = self.writer.clause(self.random.randint(7, 18))
        for _ in range(self.random.randint(*self.genre.slots)):
            words.insert(self.random.randint(1, len(words)), self.random.choice(("NAME", "NUMBER")))
        return words

    def filled(self) -> Story:
        """A text with facts of its own; now and then a sentence is missing or an own one added."""
        cast = [self._name() for _ in range(4)]
        lines = [
            (self.writer.put([self._fact(word, cast) for word in self.random.choice(wordings)]),)
            for wordings in self.sentences
            if self.random.random() > 0.08
        ]
        for _ in range(self.random.choice((0, 0, 1, 2))):
            lines.insert(self.random.randint(0, len(lines)), (self.writer.sentence(cast),))
        title = self.writer.put([cast[0], *self.writer.clause(4)])
        return Story(title, tuple(lines), tuple(cast))

    def _fact(self, word: str, cast: Sequence[str]) -> str:
        if word == "NAME":
            return self.random.choice(cast)
        if word != "NUMBER":
            return word
        number = str(self.random.randint(0, self.genre.largest))
        return f"{number}.{self.random.randint(0, 99)}" if self.genre.decimals else number

    def _name(self) -> str:
        is_known = self.random.random() < self.genre.recurring
        return self.random.choice(self.pool) if is_known else self.writer.name()


class Table:
    """Results and standings of one league, week after week."""

    def __init__(self, writer: Writer) -> None:
        self.writer, self.random = writer, writer.random
        self.clubs = [writer.name() for _ in range(16)]
        self.head = writer.put(writer.clause(12))

    def filled(self) -> Story:
        """One week's."""
        clubs = self.random.sample(self.clubs, len(self.clubs))
        goals = [str(self.random.choice((0, 0, 1, 1, 2, 2, 3, 4))) for _ in clubs]
        rows = [f"{club} {goal}" for club, goal in zip(clubs, goals, strict=True)]
        results = [(f"{home} {other}",) for home, other in zip(rows[::2], rows[1::2], strict=True)]
        table = sorted(
            ((self.random.randint(4, 60), club) for club in self.clubs), key=lambda entry: -entry[0]
        )
        standings = [
            (f"{place + 1} {club} {' '.join(self._figures())} {points}",)
            for place, (points, club) in enumerate(table)
        ]
        title = self.writer.put([self.random.choice(self.clubs), *self.writer.clause(3)])
        return Story(title, ((self.head,), *results, *standings), tuple(self.clubs))

    def _figures(self) -> list[str]:
        return [str(self.random.randint(0, 30)) for _ in range(5)]
