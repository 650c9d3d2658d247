import os
from pathlib import Path

import pytest
from hypothesis import settings

# No deadline: the first call of a process builds tables, and machines are shared.
settings.register_profile("no deadline", deadline=None)
# CI gives the same verdict on the same code; new counterexamples are looked for at every desk.
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "no deadline")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of made crawls and hostile inputs that lies beside a checkout, if it does."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no shared inputs at {folder}")
    return folder
