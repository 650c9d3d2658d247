"""Precision and recall of the rules on who says so, on made sentences, beside key words.

uv run python benchmarks/sourcing.py [--draws 6] [--seed 1] [--show]

Sentences are made of the frames in sourcing_sentences.toml, each with `--draws` fillings; whether
one is attributed, and to somebody without a name, is known by construction.
"""

import argparse
import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from sources.attribution.statements import sourcing_of

FRAMES = tomllib.loads(Path(__file__).with_name("sourcing_sentences.toml").read_text("utf-8"))
_PLAIN = {
    "en": (r"\b(?:said|says|told|according to)\b", r"\b(?:sources?|anonym\w+|unnamed)\b"),
    "de": (r"\b(?:sagte|sagt|laut|zufolge|teilte)\b", r"\b(?:\w*kreisen|anonym\w*|Quellen?)\b"),
}


@dataclass(frozen=True, slots=True)
class Made:
    """A sentence, and what is true of it."""

    text: str
    is_attributed: bool
    is_unnamed: bool


@dataclass
class Score:
    """Counts of what was said rightly, said wrongly, and not said."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, is_said: bool, is_true: bool, text: str) -> None:
        """One sentence."""
        if is_said and is_true:
            self.right += 1
        elif is_said or is_true:
            (self.wrong if is_said else self.missed).append(text)

    @property
    def precision(self) -> float:
        """Of what was said, the share that is true."""
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        """Of what is true, the share that was said."""
        return self.right / max(1, self.right + len(self.missed))


def made(language: str, draws: int, seed: int) -> Iterator[Made]:
    """Every frame with some fillings; plain sentences, which have none to fill, once each."""
    frames = FRAMES[language]
    chance = random.Random(f"sourcing {seed} {language}")
    for kind in ("named", "unnamed"):
        for frame in frames[kind]:
            for _ in range(draws):
                yield Made(_filled(frame, frames, chance), True, kind == "unnamed")
    for text in frames["plain"]:
        yield Made(text, False, False)


def _filled(frame: str, words: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    slots = {name: chance.choice(words[name]) for name in ("claim", "quote", "person", "office")}
    slots["that"] = chance.choice(words.get("that", words["claim"]))
    text = frame.format(Claim=_capital(slots["claim"]), **slots)
    return _capital(text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def measure(draws: int, seed: int) -> dict[tuple[str, str], tuple[Score, Score]]:
    """(fact, language) -> ours and that of key words."""
    table: dict[tuple[str, str], tuple[Score, Score]] = {}
    for language, (says, hides) in _PLAIN.items():
        sentences = list(made(language, draws, seed))
        texts = [sentence.text for sentence in sentences]
        sourcing = sourcing_of(pa.array(texts), pa.array([language] * len(texts)))
        ours = [Score(), Score()]
        plain = [Score(), Score()]
        for at, sentence in enumerate(sentences):
            wanted = sentence.is_attributed, sentence.is_unnamed
            said = bool(re.search(says, sentence.text)), bool(re.search(hides, sentence.text))
            stated = bool(sourcing.attributed[at]), bool(sourcing.unnamed[at])
            for number in range(2):
                ours[number].add(stated[number], wanted[number], sentence.text)
                plain[number].add(said[number], wanted[number], sentence.text)
        for number, fact in enumerate(("attributed statement", "unnamed source")):
            table[fact, language] = ours[number], plain[number]
    return table


def main() -> None:
    """Measures and prints a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="the sentences that were misread")
    arguments = parser.parse_args()
    print("| fact | language | true | precision | recall | key words: precision | recall |")
    print("|---|---|---|---|---|---|---|")
    for (fact, language), (ours, plain) in sorted(measure(arguments.draws, arguments.seed).items()):
        true = ours.right + len(ours.missed)
        print(
            f"| {fact} | {language} | {true} | {ours.precision:.3f} | {ours.recall:.3f} |"
            f" {plain.precision:.3f} | {plain.recall:.3f} |"
        )
        if arguments.show:
            for name, texts in (("wrong", ours.wrong), ("missed", ours.missed)):
                for text in sorted(set(texts)):
                    print(f"    {name}: {text}")


if __name__ == "__main__":
    main()
