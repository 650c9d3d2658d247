"""The environment in which benchmarks start what they measure: as a user's."""

import os


def environment(**more: str) -> dict[str, str]:
    """This process's own, with `more`, and with bytecode.

    Without it each start compiles all of Beam, 2.5 s of processor time: the machines on which
    benchmarks run may have it switched off.
    """
    return {name: value for name, value in os.environ.items() if name != _SWITCH} | more


_SWITCH = "PYTHONDONTWRITEBYTECODE"
