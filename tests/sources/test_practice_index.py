"""The practice index: null where thin, the same for the same input, and without harm."""

import numpy as np
import pytest

from sources.practice_index import WEIGHTS, Part, PracticeIndex, Prior, practice_index, prior_of

_RATES = dict(zip(WEIGHTS, (0.7, 0.5, 0.4, 0.9, 0.8), strict=True))
_SIZES = (40,) * 60 + (4_000,) * 60


def _corpus(seed: int, language: str) -> list[tuple[PracticeIndex, float]]:
    """Indices of sources, small ones first, beside what they really are."""
    rng = np.random.default_rng([seed, len(language), ord(language[0])])
    real = {name: rng.beta(20 * p, 20 * (1 - p), len(_SIZES)) for name, p in _RATES.items()}
    k = {name: rng.binomial(_SIZES, real[name]).tolist() for name in real}
    priors = {name: prior_of(list(zip(k[name], _SIZES, strict=True))) for name in k}
    return [
        (
            practice_index(
                f"{language}{i}", {name: [Part(k[name][i], n, priors[name])] for name in k}, n
            ),
            sum(WEIGHTS[name] * float(real[name][i]) for name in real),
        )
        for i, n in enumerate(_SIZES)
    ]


def _middle(found: list[tuple[PracticeIndex, float]]) -> float:
    return float(np.mean([one.index for one, _ in found if one.index is not None]))


def _half(found: list[tuple[PracticeIndex, float]]) -> float:
    return float(np.mean([one.hi - one.lo for one, _ in found if one.hi and one.lo])) / 2


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_without_a_difference_size_and_language_make_none(seed: int) -> None:
    english, german = _corpus(seed, "en"), _corpus(seed, "de")
    small, large = english[:60], english[60:]
    assert abs(_middle(small) - _middle(large)) < _half(small)
    assert abs(_middle(english) - _middle(german)) < _half(english)


def test_the_interval_holds_the_real_value_about_as_often_as_it_says() -> None:
    found = [one for seed in range(5) for one in _corpus(seed, "en")]
    held = np.mean([one.lo <= real <= one.hi for one, real in found if one.lo and one.hi])
    print(f"coverage {held:.3f}")
    assert 0.93 <= held <= 0.97


def test_thin_data_have_no_index_and_a_missing_family_is_not_zero() -> None:
    part = [Part(30, 60, Prior(0.5, 10))]
    three = {"disclosure": part, "credit": part, "sourcing": part, "identity": []}
    assert practice_index("a", three, 30).index == pytest.approx(0.5)
    assert practice_index("a", three, 29).index is None
    assert practice_index("a", {"credit": part, "sourcing": part}, 300).index is None


def test_the_same_source_has_the_same_interval_and_sensitivity() -> None:
    families = {name: [Part(20 + 5 * i, 60, Prior(0.5, 5))] for i, name in enumerate(WEIGHTS)}
    found = practice_index("a", families, 60)
    assert found == practice_index("a", families, 60)
    assert found.lo != practice_index("b", families, 60).lo
    assert found.sensitivity is not None
    assert 0 < found.sensitivity < 0.1
