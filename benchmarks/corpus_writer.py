"""Stories of invented words, in scripts with and without capitals and spaces."""

import itertools
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Script:
    """How a made language is written."""

    syllables: tuple[str, ...]
    capitals: str
    """What is capitalised: "names", "nouns" (names and three words in ten), or "nothing"."""
    space: str = " "
    stop: str = "."


def _syllables(onsets: str, vowels: str, codas: Sequence[str]) -> tuple[str, ...]:
    return tuple(a + b + c for a in onsets for b in vowels for c in codas)


SCRIPTS: Mapping[str, Script] = {
    "latin": Script(_syllables("bdfgklmnprstvz", "aeiou", ("", "n", "r")), "names"),
    "nouns": Script(_syllables("bdfgklmnprstvz", "aeiouü", ("", "ch", "s")), "nouns"),
    "cyrillic": Script(_syllables("бвгдклмнпрст", "аеиоу", ("", "н", "й")), "names"),
    "arabic": Script(_syllables("بتجدرسعفقكلمن", "اوي", ("", "ن", "ر")), "nothing"),
    "han": Script(tuple(map(chr, range(0x4E00, 0x4E00 + 1500))), "nothing", "", "。"),
    "thai": Script(_syllables("กขคงจชดตทนบปผพมยรล", "ะาิีุู", ("", "น", "ง")), "nothing", "", " "),
}


@dataclass(frozen=True, slots=True)
class Story:
    """Title and paragraphs of sentences, and the facts that they state."""

    title: str
    paragraphs: tuple[tuple[str, ...], ...]
    facts: tuple[str, ...] = ()

    def text(self) -> str:
        """The title and the paragraphs, a line each."""
        return "\n".join([self.title, *(" ".join(paragraph) for paragraph in self.paragraphs)])

    def size(self) -> int:
        """Characters."""
        return sum(len(sentence) for paragraph in self.paragraphs for sentence in paragraph)


class Writer:
    """Makes sentences from an invented vocabulary whose words are as unequal as real ones."""

    def __init__(self, seed: int, script: str = "latin", words: int = 20_000) -> None:
        self.script = SCRIPTS[script]
        self.random = random.Random(f"{seed} {script}")
        self.words = list(dict.fromkeys(self._word() for _ in range(words)))
        if self.script.capitals == "nouns":
            self.words = [
                word.capitalize() if self.random.random() < 0.3 else word for word in self.words
            ]
        self.weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(self.words))))
        self.stock = [self.clause(self.random.randint(6, 10)) for _ in range(400)]

    def _word(self) -> str:
        is_short = self.script.space == ""
        count = self.random.choice((1, 1, 2, 2, 3) if is_short else (1, 2, 2, 3, 3, 4))
        return "".join(self.random.choices(self.script.syllables, k=count))

    def clause(self, length: int) -> list[str]:
        """That many words, common ones more often."""
        return self.random.choices(self.words, cum_weights=self.weights, k=length)

    def name(self) -> str:
        """Two words, capitalised where names are."""
        words = [self.random.choice(self.words) for _ in range(2)]
        if self.script.capitals != "nothing":
            words = [word.capitalize() for word in words]
        return self.script.space.join(words)

    def number(self) -> str:
        """A number as texts have them: mostly small."""
        most = self.random.choice((30, 99, 9999))
        return str(self.random.randint(2, most))

    def put(self, words: Sequence[str]) -> str:
        """The words as a sentence."""
        first = (
            words[0] if self.script.capitals == "nothing" else words[0][:1].upper() + words[0][1:]
        )
        return self.script.space.join([first, *words[1:]]) + self.script.stop

    def sentence(self, facts: Sequence[str]) -> str:
        """A sentence stating some of the facts."""
        words = self.clause(self.random.randint(6, 22))
        if self.random.random() < 0.15:
            words += self.random.choice(self.stock)
        for _ in range(self.random.choice((0, 1, 1, 2))):
            words.insert(self.random.randint(1, len(words)), self.random.choice(facts))
        return self.put(words)

    def paragraphs(self, facts: Sequence[str], count: int) -> tuple[tuple[str, ...], ...]:
        """That many sentences in paragraphs of one to four."""
        sentences = [self.sentence(facts) for _ in range(count)]
        starts = [0]
        while starts[-1] < count:
            starts.append(min(count, starts[-1] + self.random.randint(1, 4)))
        return tuple(tuple(sentences[a:b]) for a, b in itertools.pairwise(starts))

    def story(self, known: Sequence[str] = ()) -> Story:
        """A story about some facts of its own, and the known ones."""
        facts = [self.name() for _ in range(self.random.randint(3, 8))]
        facts += [self.number() for _ in range(self.random.randint(3, 15))]
        facts += known
        count = min(60, max(4, int(self.random.lognormvariate(2.9, 0.65))))
        title = self.put([self.random.choice(facts), *self.clause(6)])
        return Story(title, self.paragraphs(facts, count), tuple(facts))
