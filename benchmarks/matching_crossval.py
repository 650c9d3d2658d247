"""Cross-validation of the settings that decide over copies: chosen on some corpora, judged on one.

uv run python benchmarks/matching_crossval.py [--stories 200] [--folds 4]

Each fold is a corpus of its own seed: other words, stories, outlets and frames. Settings are
chosen one after the other from a grid around the shipped values, by what matching_scores.score
gives on the other folds. What is judged is how the chosen and the shipped ones
do on the fold that was left out: what would choosing anew have won, and how far is it from here?
"""

import argparse
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from matching_corpus import corpus
from matching_scores import Read, Rules, match, quality, read, score
from matching_settings import value_of, with_setting

GRID: Mapping[str, tuple[Any, ...]] = {
    "copies.near_jaccard": (0.1, 0.14, 0.17, 0.2),
    "copies.contained": (0.6, 0.7, 0.8),
    "copies.contained_size_ratio": (0.1, 0.15, 0.25),
    "copies.rewritten": (0.3, 0.35, 0.4),
    "copies.rewritten_back": (0.2, 0.25, 0.3),
    "copies.shared_facts": (0.4, 0.45, 0.5, 0.6),
    "copies.doubtful_facts": (0, 1, 2),
    "copies.shared_numbers": (0.2, 0.4, 0.5),
    "copies.fact_density": (0.75, 0.9, 1.0),
    "copies.minimum_facts": (2, 3, 4),
    "copies.frameless_jaccard": (0.3, 0.5, 0.6),
    "roundups.minimum_part": (0.1, 0.15, 0.2),
    "roundups.largest_part": (0.6, 0.7, 0.8),
    "roundups.second_part": (0.35, 0.45, 0.55, 0.65),
    "roundups.all_parts": (0.5, 0.6, 0.7),
    "roundups.same_story": (0.5, 0.6, 0.7),
    "guard.resemblance": (0.1, 0.15, 0.2),
    "guard.contained": (0.3, 0.4, 0.5),
}
LEAST_GAIN = 0.0003
"""A value that wins less than this is not chosen: a hundredth of a point is noise."""


class Folds:
    """Corpora that are read once, and what rules score on them."""

    def __init__(self, stories: int, folds: int) -> None:
        self.read: list[Read] = [
            read(corpus(stories, 200 + seed), Rules()) for seed in range(folds)
        ]
        self.scored = lru_cache(maxsize=None)(self._scored)

    def _scored(self, fold: int, rules: Rules) -> tuple[float, float]:
        """The score that settings are chosen by, and F1 over pairs."""
        matched = match(self.read[fold], rules)
        return score(matched), quality(matched)[2]

    def mean(self, folds: Sequence[int], rules: Rules) -> float:
        """The mean score on some folds."""
        return float(np.mean([self.scored(fold, rules)[0] for fold in folds]))

    def chosen(self, folds: Sequence[int]) -> Rules:
        """The rules that one round over the settings finds, from the shipped ones."""
        rules, best = Rules(), self.mean(folds, Rules())
        for name, values in GRID.items():
            tried = {value: self.mean(folds, with_setting(rules, name, value)) for value in values}
            value = max(tried, key=lambda candidate: tried[candidate])
            if tried[value] > best + LEAST_GAIN:
                rules, best = with_setting(rules, name, value), tried[value]
        return rules


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=200)
    parser.add_argument("--folds", type=int, default=4)
    options = parser.parse_args()
    folds, numbers = Folds(options.stories, options.folds), range(options.folds)
    print("| left out | chosen on the others | there: shipped | chosen | here: shipped | chosen |")
    print("|---|---|---|---|---|---|", flush=True)
    rows = []
    for left_out in numbers:
        others = [number for number in numbers if number != left_out]
        rules = folds.chosen(others)
        changes = ", ".join(
            f"{name} {value_of(Rules(), name)} → {value_of(rules, name)}"
            for name in GRID
            if value_of(rules, name) != value_of(Rules(), name)
        )
        cells = [
            folds.mean(folds_used, rules_used)
            for folds_used in (others, [left_out])
            for rules_used in (Rules(), rules)
        ]
        rows.append(
            [*cells, *(folds.scored(left_out, rules_used)[1] for rules_used in (Rules(), rules))]
        )
        shown = " | ".join(f"{100 * cell:.2f}" for cell in cells)
        print(f"| {left_out} | {changes or 'as shipped'} | {shown} |", flush=True)
    means = np.mean(rows, axis=0)
    print(f"| mean | | {' | '.join(f'{100 * mean:.2f}' for mean in means[:4])} |")
    print(f"\nF1 over pairs on the folds left out: shipped {means[4]:.4f}, chosen {means[5]:.4f}")


if __name__ == "__main__":
    main()
