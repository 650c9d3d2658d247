"""A made corpus of news copies with known answers: every word is invented here.

Outlets with heads and feet publish stories of invented words; others carry them whole, cut, edited,
rewritten, misread or in round-ups, and publish template stories that are copies of nothing.
"""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

COPY_KINDS = ("exact", "wire", "trimmed", "edited", "reordered", "heavy", "revision", "misread")


@dataclass(frozen=True, slots=True)
class Document:
    """A published text, and what it is."""

    number: int
    outlet: int
    text: str
    cluster: str
    kind: str
    origin: int | None = None
    """The number of the document it was made from."""
    parts: tuple[str, ...] = ()
    """Clusters whose openings a round-up holds."""


@dataclass(frozen=True, slots=True)
class Story:
    """Title and paragraphs of sentences."""

    title: str
    paragraphs: tuple[tuple[str, ...], ...]

    def text(self) -> str:
        """The title and the paragraphs, a line each."""
        return "\n".join([self.title, *(" ".join(one) for one in self.paragraphs)])


class Writer:
    """Makes sentences from an invented vocabulary whose words are as unequal as real ones."""

    def __init__(self, seed: int, words: int = 20_000) -> None:
        self.random = random.Random(seed)
        syllables = [c + v + e for c in "bdfgklmnprstvz" for v in "aeiou" for e in ("", "n", "r")]
        self.words = list(dict.fromkeys(self._word(syllables) for _ in range(words)))
        self.weights = [1 / (rank + 2) for rank in range(len(self.words))]
        self.stock = [self.clause(self.random.randint(6, 10)) for _ in range(400)]

    def _word(self, syllables: Sequence[str]) -> str:
        return "".join(self.random.choices(syllables, k=self.random.choice((1, 2, 2, 3, 3, 4))))

    def clause(self, length: int) -> list[str]:
        """That many words, common ones more often."""
        return self.random.choices(self.words, self.weights, k=length)

    def name(self) -> str:
        """Two capitalised words."""
        return " ".join(self.random.choice(self.words).capitalize() for _ in range(2))

    def sentence(self, facts: Sequence[str]) -> str:
        """A sentence stating some of the facts."""
        words = self.clause(self.random.randint(6, 22))
        if self.random.random() < 0.15:
            words += self.random.choice(self.stock)
        for _ in range(self.random.choice((0, 1, 1, 2))):
            words.insert(self.random.randint(1, len(words)), self.random.choice(facts))
        return " ".join([words[0].capitalize(), *words[1:]]) + "."

    def story(self) -> Story:
        """A story about some facts of its own."""
        facts = [self.name() for _ in range(self.random.randint(3, 8))]
        facts += [str(self.random.randint(2, 9999)) for _ in range(self.random.randint(3, 15))]
        count = min(60, max(6, int(self.random.lognormvariate(3.1, 0.55))))
        sentences = [self.sentence(facts) for _ in range(count)]
        starts = [0]
        while starts[-1] < count:
            starts.append(min(count, starts[-1] + self.random.randint(1, 4)))
        paragraphs = tuple(tuple(sentences[a:b]) for a, b in itertools.pairwise(starts))
        return Story(" ".join([self.random.choice(facts), *self.clause(6)]), paragraphs)


class Press:
    """Outlets, and the ways a story gets from one to another."""

    def __init__(self, seed: int, outlets: int) -> None:
        self.writer = Writer(seed)
        self.random = self.writer.random
        self.heads = [self._lines(0, 2) for _ in range(outlets)]
        self.feet = [self._lines(1, 6) for _ in range(outlets)]
        self.frames = [self._frame() for _ in range(6)]

    def _lines(self, least: int, most: int) -> list[str]:
        names = [self.writer.name() for _ in range(3)]
        return [self.writer.sentence(names) for _ in range(self.random.randint(least, most))]

    def _frame(self) -> list[str]:
        sentences = [self.writer.sentence(["{}"]) for _ in range(self.random.randint(4, 12))]
        return [sentence if "{}" in sentence else sentence[:-1] + " {}." for sentence in sentences]

    def page(self, outlet: int, text: str) -> str:
        """The text between the outlet's head and foot."""
        return "\n".join([*self.heads[outlet], text, *self.feet[outlet]])

    def templated(self) -> str:
        """A frame filled with facts of its own."""
        frame = self.random.choice(self.frames)
        facts = [
            self.random.choice((self.writer.name(), str(self.random.randint(1, 99))))
            for _ in range(40)
        ]
        return "\n".join(one.format(*self.random.sample(facts, one.count("{}"))) for one in frame)

    def copied(self, kind: str, story: Story, others: Sequence[Story]) -> str:
        """The text of a copy of that kind."""
        return str(getattr(self, f"_{kind}")(story, others))

    def _exact(self, story: Story, _: Sequence[Story]) -> str:
        return story.text()

    def _wire(self, story: Story, _: Sequence[Story]) -> str:
        first = (
            f"{self.writer.name().upper()} - {story.paragraphs[0][0]}",
            *story.paragraphs[0][1:],
        )
        return replace(story, paragraphs=(first, *story.paragraphs[1:])).text()

    def _trimmed(self, story: Story, _: Sequence[Story]) -> str:
        share = self.random.uniform(0.25, 0.75)
        kept = max(1, round(share * len(story.paragraphs)))
        return replace(story, paragraphs=story.paragraphs[:kept]).text()

    def _edited(self, story: Story, _: Sequence[Story]) -> str:
        return self._rewritten(story, self.random.uniform(0, 0.25), self.random.uniform(0.01, 0.05))

    def _reordered(self, story: Story, _: Sequence[Story]) -> str:
        paragraphs = list(story.paragraphs)
        self.random.shuffle(paragraphs)
        return replace(story, paragraphs=tuple(paragraphs)).text()

    def _heavy(self, story: Story, others: Sequence[Story]) -> str:
        lines = self._rewritten(story, self.random.uniform(0.3, 0.5), 0.02).split("\n")
        foreign = [
            " ".join(self.random.choice(other.paragraphs))
            for other in self.random.sample(list(others), len(lines))
        ]
        for line in self.random.sample(foreign, min(len(foreign), len(lines) // 2)):
            lines.insert(self.random.randint(1, len(lines)), line)
        return "\n".join(lines)

    def _revision(self, story: Story, _: Sequence[Story]) -> str:
        paragraphs = list(story.paragraphs)
        paragraphs.insert(1, (self.writer.sentence([self.writer.name()]),))
        return replace(story, paragraphs=tuple(paragraphs)).text()

    def _misread(self, story: Story, _: Sequence[Story]) -> str:
        letters = list(story.text())
        for place in range(len(letters)):
            if letters[place].isalpha() and self.random.random() < 0.008:
                letters[place] = self.random.choice("abcdefghijklmnopqrstuvwxyz")
        return "".join(letters)

    def _rewritten(self, story: Story, dropped: float, changed: float) -> str:
        kept = [
            tuple(
                self._changed(one, changed) for one in paragraph if self.random.random() >= dropped
            )
            for paragraph in story.paragraphs
        ]
        return replace(story, paragraphs=tuple(one for one in kept if one)).text()

    def _changed(self, sentence: str, share: float) -> str:
        words = sentence.split(" ")
        return " ".join(
            self.random.choice(self.writer.words)
            if word.islower() and self.random.random() < share
            else word
            for word in words
        )

    def roundup(self, stories: Sequence[Story]) -> str:
        """The openings of the stories."""
        parts = [Story(one.title, _opening(one, self.random.randint(60, 220))) for one in stories]
        return "\n".join(part.text() for part in parts)


def _opening(story: Story, words: int) -> tuple[tuple[str, ...], ...]:
    taken: list[tuple[str, ...]] = []
    for paragraph in story.paragraphs:
        if taken and sum(len(one.split()) for row in taken for one in row) >= words:
            break
        taken.append(paragraph)
    return tuple(taken)


def corpus(stories: int, seed: int, outlets: int = 60) -> list[Document]:
    """Documents of `stories` stories: each with up to 14 copies, and as many others between."""
    return list(_documents(stories, Press(seed, outlets), outlets))


def _documents(stories: int, press: Press, outlets: int) -> Iterator[Document]:
    random_, number = press.random, 0
    written = [press.writer.story() for _ in range(stories)]
    for place, story in enumerate(written):
        home, origin, cluster = random_.randrange(outlets), number, f"c{place}"
        yield Document(number, home, press.page(home, story.text()), cluster, "original")
        number += 1
        for _ in range(random_.choice((0, 0, 0, 1, 1, 2, 3, 5, 8, 14))):
            kind = random_.choice(COPY_KINDS)
            outlet = home if kind == "revision" else random_.randrange(outlets)
            text = press.copied(kind, story, written)
            yield Document(number, outlet, press.page(outlet, text), cluster, kind, origin)
            number += 1
    yield from _unrelated(press, written, number, outlets)


def _unrelated(
    press: Press, written: Sequence[Story], number: int, outlets: int
) -> Iterator[Document]:
    places = range(len(written))
    for one in range(number, number + len(written) // 3):
        outlet = press.random.randrange(outlets)
        if one % 5:
            text, cluster, kind = press.templated(), f"t{one}", "templated"
            parts: tuple[str, ...] = ()
        else:
            chosen = press.random.sample(places, 3)
            text, kind = press.roundup([written[place] for place in chosen]), "roundup"
            cluster, parts = f"r{one}", tuple(f"c{place}" for place in chosen)
        yield Document(one, outlet, press.page(outlet, text), cluster, kind, None, parts)
