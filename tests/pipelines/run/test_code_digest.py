import shutil
from pathlib import Path
from types import ModuleType

import pytest

from pipelines.run.code_digest import PACKAGES, SOURCES, code_digest


def copied(package: ModuleType, folder: Path) -> ModuleType:
    """The package as it would be if it were installed in this folder."""
    root = folder / package.__name__
    shutil.copytree(package.__path__[0], root, ignore=shutil.ignore_patterns("__pycache__"))
    moved = ModuleType(package.__name__)
    moved.__path__ = [str(root)]
    return moved


@pytest.fixture
def packages(tmp_path: Path) -> list[ModuleType]:
    return [copied(package, tmp_path) for package in PACKAGES]


def test_the_digest_covers_every_package_of_ours() -> None:
    assert {package.__name__ for package in PACKAGES} == {
        "dedupe",
        "pipelines",
        "schemas",
        "sources",
    }


def test_the_same_code_has_the_same_digest_wherever_it_is_installed(
    packages: list[ModuleType],
) -> None:
    assert code_digest(packages) == code_digest()


@pytest.mark.parametrize("changed", [package.__name__ for package in PACKAGES])
def test_a_changed_file_of_each_package_changes_the_digest(
    packages: list[ModuleType], changed: str
) -> None:
    before = code_digest(packages)
    root = next(Path(package.__path__[0]) for package in packages if package.__name__ == changed)
    deepest = max(
        (path for path in root.rglob("*") if path.suffix in SOURCES),
        key=lambda path: (len(path.parts), path),
    )
    deepest.write_bytes(deepest.read_bytes() + b"\n")
    assert code_digest(packages) != before


def test_a_moved_file_changes_the_digest(packages: list[ModuleType]) -> None:
    before = code_digest(packages)
    root = Path(packages[0].__path__[0])
    (root / "moved").mkdir()
    module = next(path for path in sorted(root.glob("*.py")) if path.name != "__init__.py")
    module.rename(root / "moved" / module.name)
    assert code_digest(packages) != before


def test_a_package_without_a_source_file_is_an_error(tmp_path: Path) -> None:
    empty = ModuleType("dedupe")
    empty.__path__ = [str(tmp_path)]
    with pytest.raises(RuntimeError, match="package dedupe has no source file"):
        code_digest([empty])
