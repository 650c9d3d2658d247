"""No imitator gains anything, and honest controls hold (benchmarks/attacks.py)."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from attacks import GAINS, KINDS, attacked


@pytest.mark.parametrize("kind", KINDS)
def test_attackers_of_a_kind_gain_nothing_and_honest_controls_hold(kind: str) -> None:
    for number in range(5):
        gains, controls = attacked(kind, number, seed=7)
        assert {name: gains[name] for name in GAINS} == dict.fromkeys(GAINS, 0)
        for name in controls:
            if not name.endswith(" of"):
                assert controls[name] == controls[f"{name} of"], name
