"""Kinds of text that are easily taken for copies, in many scripts: precision and recall of each.

uv run python benchmarks/matching_kinds.py [--families 6] [--seed 1]

Notices out of one frame, a third of them carried elsewhere with an edit; reports of one speech, of
which some are carried; notes of a fund below different stories; digests beside briefings. A kind is
right where copies stand together and nothing else does.
"""

import argparse
import random
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from corpus_writer import SCRIPTS, Writer
from matching_corpus import Document
from matching_scores import Rules, match, pair_counts, read

LANGUAGES = tomllib.loads(Path(__file__).with_name("corpus_notices.toml").read_text("utf-8"))
MARKS = {
    "latin": "“”",
    "nouns": "„“",
    "cyrillic": "«»",
    "arabic": "«»",
    "han": "「」",
    "thai": "“”",
}
Made = Iterator[tuple[str, str, str]]
"""Kind, story and text."""


def notices(chance: random.Random, families: int) -> Made:
    """A frame of each language with other names, and copies of every third of its notices."""
    for language, words in LANGUAGES.items():
        names = chance.sample(words["names"], len(words["names"]))
        half = len(names) // 2
        for number in range(min(families, half)):
            a, b = names[number], names[half + number]
            town = words["towns"][number % len(words["towns"])]
            text = words["frame"].format(a=a, b=b, t=town)
            name = f"notice {language} {number}"
            yield f"notice-{language}", name, text.replace("~", "")
            if number % 3 == 0:
                sentences = text.split("~")
                cut = chance.randrange(2, len(sentences) + 1)
                yield f"notice-{language}", name, "".join(sentences[:cut])
                yield f"notice-{language}", name, f"{a}: {''.join(sentences)}"


def speeches(script: str, writer: Writer, families: int) -> Made:
    """Reports that share a speech, one of each three carried with its end cut."""
    marks = MARKS[script]
    for number in range(families):
        speech = [_line(writer) for _ in range(6)]
        for side in "abc":
            own = [_line(writer) for _ in range(7)]
            text = "\n".join(
                line
                for pair in zip(
                    own, [*(f"{marks[0]}{words}{marks[1]}" for words in speech), ""], strict=True
                )
                for line in pair
            )
            name = f"speech {script} {number}{side}"
            yield "quotation", name, text
            if side == "a":
                yield "quotation", name, text.rpartition("\n")[0].rpartition("\n")[0]


def notes(script: str, writer: Writer, families: int) -> Made:
    """One note below stories of many outlets; every third story is carried."""
    note = "\n".join(_line(writer) for _ in range(5))
    for number in range(families * 2):
        story = "\n".join(_line(writer) for _ in range(6))
        name = f"note {script} {number}"
        yield "note", name, f"{story}\n{note}"
        if number % 3 == 0:
            yield "note", name, f"{story}\n{_line(writer)}"


def digests(script: str, writer: Writer, families: int) -> Made:
    """Short stories, a digest of them whole, and a briefing of their openings."""
    for number in range(families // 2):
        stories = [[_line(writer) for _ in range(8)] for _ in range(4 + number % 5)]
        for place, lines in enumerate(stories):
            yield "digest", f"part {script} {number} {place}", "\n".join(lines)
        whole = "\n".join(line for lines in stories for line in lines)
        opened = "\n".join(line for lines in stories for line in lines[:4])
        yield "digest", f"whole {script} {number}", whole
        yield "digest", f"briefing {script} {number}", opened


def _line(writer: Writer) -> str:
    return writer.sentence([writer.name(), str(writer.random.randint(2, 9999))])


def documents(families: int, seed: int) -> list[Document]:
    """All kinds, each text from an outlet of its own."""
    made = list(notices(random.Random(seed), families))
    for script in SCRIPTS:
        writer = Writer(seed, script)
        for kind in (speeches, notes, digests):
            made += kind(script, writer, families)
    return [Document(n, n, text, name, kind) for n, (kind, name, text) in enumerate(made)]


def scores(made: Sequence[Document], labels: Sequence[int]) -> dict[str, tuple[float, float]]:
    """Precision and recall over pairs of each kind; 1 where there is nothing to be wrong about."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for document in made:
        by_kind[document.kind].append(document.number)
    return {
        kind: _precision_and_recall([made[n].cluster for n in rows], [labels[n] for n in rows])
        for kind, rows in by_kind.items()
    }


def _precision_and_recall(truth: Sequence[str], labels: Sequence[int]) -> tuple[float, float]:
    both, together, real = pair_counts(truth, labels)
    return (both / together if together else 1.0, both / real if real else 1.0)


def main() -> None:
    """Prints a line a kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--families", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    made = documents(options.families, options.seed)
    labels = match(read(made, Rules()), Rules()).labels
    print("| kind | texts | precision | recall |\n|---|---|---|---|")
    for kind, (precision, recall) in scores(made, labels).items():
        texts = sum(document.kind == kind for document in made)
        print(f"| {kind} | {texts} | {precision:.3f} | {recall:.3f} |")


if __name__ == "__main__":
    main()
