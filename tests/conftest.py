from pathlib import Path

import pytest
from hypothesis import settings

# No deadline: the first call of a process builds tables, and machines are shared.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of made crawls and hostile inputs that lies beside a checkout, if it does."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no shared inputs at {folder}")
    return folder
