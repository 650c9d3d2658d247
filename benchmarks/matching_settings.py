"""What each rule of matching does to quality, on the made corpus: a table in Markdown.

uv run python benchmarks/matching_settings.py [--stories 400] [--seeds 3] [--only copies]
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from matching_corpus import Document, corpus
from matching_scores import TEMPLATES, Read, Rules, b_cubed, match, merged_by_kind, quality, read

SECTIONS = {
    "match": "candidates",
    "boilerplate": "recurrence",
    "copies": "thresholds",
    "roundups": "roundups",
    "guard": "guard",
}
"""Of a run's settings, as fields of Rules."""
VARIED: Mapping[str, tuple[Any, ...]] = {
    "match.shingle_words": (3, 4, 6, 8),
    "match.bands": (8, 16, 24),
    "match.band_rows": (2, 3),
    "match.sample_one_in": (4, 16, 10**9),
    "match.min_shared_samples": (2, 4, 6),
    "match.min_shingles": (4, 16, 40),
    "match.bucket": (8, 128),
    "boilerplate.sample_texts": (16, 256),
    "boilerplate.minimum_witnesses": (2, 5, 10**9),
    "boilerplate.minimum_share": (0.1, 0.5),
    "boilerplate.enough_witnesses": (4, 16),
    "boilerplate.own_share": (0.1, 0.5),
    "boilerplate.own_spread": (0.1, 0.5),
    "copies.near_jaccard": (0.1, 0.17, 0.2, 0.3, 0.4),
    "copies.contained": (0.5, 0.6, 0.8, 0.9),
    "copies.contained_size_ratio": (0.05, 0.1, 0.25, 0.4),
    "copies.rewritten": (0.3, 0.4, 0.5),
    "copies.rewritten_back": (0.2, 0.3, 0.4),
    "copies.shared_facts": (0.3, 0.4, 0.6, 0.7),
    "copies.doubtful_facts": (0, 2, 3),
    "copies.shared_numbers": (0.0, 0.2, 0.6),
    "copies.fact_density": (0.5, 0.75, 1.0),
    "copies.density_jaccard": (0.6, 1.0),
    "copies.minimum_facts": (1, 3, 4, 6),
    "copies.frameless_jaccard": (0.3, 0.4, 0.7),
    "copies.frameless_contained": (0.6, 0.9),
    "copies.excerpt_shingles": (30, 80),
    "copies.excerpt_share": (0.05, 0.1, 0.25),
    "copies.excerpt_fact_density": (0.5, 0.9),
    "roundups.minimum_part": (0.1, 0.2, 0.3),
    "roundups.largest_part": (0.5, 0.6, 0.8),
    "roundups.second_part": (0.3, 0.55, 0.7),
    "roundups.all_parts": (0.3, 0.5, 0.8),
    "roundups.overlap": (0.05, 0.3),
    "roundups.whole_part": (0.7, 1.0),
    "roundups.other_facts": (0.0, 0.2, 0.5),
    "roundups.same_story": (0.4, 0.5, 0.7),
    "roundups.examined": (3, 20),
    "guard.resemblance": (0.05, 0.2, 0.3),
    "guard.contained": (0.2, 0.6),
}


def with_setting(rules: Rules, name: str, value: object) -> Rules:
    """The rules with one setting changed."""
    part, field = parts(name)
    return replace(rules, **{part: replace(getattr(rules, part), **{field: value})})


def value_of(rules: Rules, name: str) -> Any:
    """A setting's value in the rules."""
    part, field = parts(name)
    return getattr(getattr(rules, part), field)


def parts(name: str) -> tuple[str, str]:
    """Where in Rules a setting of a run stands."""
    section, _, field = name.partition(".")
    return SECTIONS[section], field


class Corpora:
    """Made corpora, read anew only where a setting of reading changes."""

    def __init__(self, made: Sequence[Sequence[Document]]) -> None:
        self.made = made
        self.key: object = None
        self.told: list[Read] = []

    def figures(self, rules: Rules) -> list[float]:
        """Means: precision, recall, F1 over pairs, F1 over texts, what was merged, candidates."""
        if self.key != (rules.candidates, rules.recurrence):
            self.told = [read(documents, rules) for documents in self.made]
            self.key = (rules.candidates, rules.recurrence)
        means: list[float] = np.mean(
            [_figures(texts_read, rules) for texts_read in self.told], axis=0
        ).tolist()
        return means


def _figures(texts_read: Read, rules: Rules) -> list[float]:
    matched = match(texts_read, rules)
    merged = merged_by_kind(matched)
    return [
        *quality(matched),
        b_cubed(matched.truth(), matched.labels),
        float(np.mean([merged[kind] for kind in TEMPLATES])),
        merged["roundup"],
        len(texts_read.pairs) / len(texts_read.documents),
    ]


def rows(corpora: Corpora, only: str) -> Iterator[str]:
    """The table, a line at a time: the defaults, then each setting changed alone."""
    columns = ["precision", "recall", "F1", "F1 over texts", "templates merged"]
    columns += ["round-ups merged", "candidates a text"]
    yield f"| setting | default | tried | {' | '.join(columns)} |\n|{'---|' * (len(columns) + 3)}"
    base = corpora.figures(Rules())
    cells = [*(f"{100 * figure:.2f}" for figure in base[:6]), f"{base[6]:.1f}"]
    yield f"| all as shipped, in % | | | {' | '.join(cells)} |"
    for name, values in VARIED.items():
        for value in values if only in name else ():
            changed = corpora.figures(with_setting(Rules(), name, value))
            points = [100 * (figure - other) for figure, other in zip(changed, base, strict=True)]
            cells = [*(f"{point:+.2f}" for point in points[:6]), f"{points[6] / 100:+.1f}"]
            default, tried = value_of(Rules(), name), "none" if value == 10**9 else value
            yield f"| `{name}` | {default} | {tried} | {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=400)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", default="", help="settings whose name contains this")
    options = parser.parse_args()
    made = [corpus(options.stories, 100 + seed) for seed in range(options.seeds)]
    for row in rows(Corpora(made), options.only):
        print(row, flush=True)


if __name__ == "__main__":
    main()
