"""Which folder may import what, and how modules and packages are named."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
MAY_IMPORT = {
    "schemas": {"schemas"},
    "dedupe": {"dedupe", "schemas"},
    "sources": {"sources", "schemas"},
    "pipelines": {"pipelines", "dedupe", "sources", "schemas"},
}
VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}
# modules of PyPI's dedupe 3.0.3: a mix-up of the two must be an ImportError
OF_PYPI_DEDUPE = {
    *("api", "backport", "blocking", "branch_and_bound", "canonical", "canopy_index", "clustering"),
    *("convenience", "core", "cpredicates", "datamodel", "index", "labeler", "levenshtein"),
    *("predicate_functions", "predicates", "serializer", "tfidf", "training", "tuplify_data"),
    *("variables", "_typing"),
}
# the module that carries the distribution, where their names differ
DISTRIBUTIONS = {
    "apache_beam": "apache-beam",
    "confusable_homoglyphs": "confusable-homoglyphs",
    "google": "protobuf",
    "grpc": "grpcio",
}


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """The full names that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relative to itself"
            yield node.module or ""


def packages_imported_at_the_top(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    tops = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    return {ast.unparse(node).split()[1].partition(".")[0] for node in tops}


def packages_imported(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported(path)}


def importers(package: str) -> set[str]:
    """The modules of ours that import the package, relative to the root."""
    return {
        path.relative_to(ROOT).as_posix()
        for folder in MAY_IMPORT
        for path in modules(folder)
        if package in packages_imported(path)
    }


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_imports_point_down(folder: str) -> None:
    for path in modules(folder):
        ours = packages_imported(path) & MAY_IMPORT.keys()
        assert ours <= MAY_IMPORT[folder], path


def test_schemas_know_only_the_standard_library_and_arrow() -> None:
    allowed = set(sys.stdlib_module_names) | {"schemas", "pyarrow", "numpy"}
    for path in modules("schemas"):
        assert packages_imported(path) <= allowed, path


def test_only_pipelines_imports_beam() -> None:
    assert {path.partition("/")[0] for path in importers("apache_beam")} == {"pipelines"}


def test_only_extract_imports_trafilatura() -> None:
    assert importers("trafilatura") == {"sources/extraction/extract.py"}


def test_every_package_that_is_imported_is_declared() -> None:
    known = set(sys.stdlib_module_names) | MAY_IMPORT.keys()
    used = {
        name
        for folder in MAY_IMPORT
        for path in modules(folder)
        for name in packages_imported(path) - known
    }
    told = {one.split(">")[0] for one in project()["project"]["dependencies"]}
    assert {DISTRIBUTIONS.get(name, name) for name in used} <= told | optional()


def optional() -> set[str]:
    """Packages of the extras that a user may choose."""
    extras = project()["project"]["optional-dependencies"]
    return {one.split(">")[0] for name in extras if name != "dev" for one in extras[name]}


def test_what_is_optional_is_imported_where_it_is_used_only() -> None:
    for path in modules("pipelines"):
        assert optional().isdisjoint(packages_imported_at_the_top(path)), path


def test_extra_and_group_dev_are_the_same() -> None:
    told = project()
    assert told["project"]["optional-dependencies"]["dev"] == told["dependency-groups"]["dev"]


def test_no_module_has_a_vague_name() -> None:
    assert {path.stem for folder in MAY_IMPORT for path in modules(folder)}.isdisjoint(VAGUE)


def test_no_module_of_dedupe_is_called_like_one_of_pypis() -> None:
    assert {path.stem for path in modules("dedupe")}.isdisjoint(OF_PYPI_DEDUPE)
    # theirs has them as folders too
    assert {path.name for path in (ROOT / "dedupe").iterdir()}.isdisjoint(OF_PYPI_DEDUPE)


def test_no_module_imports_a_slow_package_at_its_top() -> None:
    slow = {"trafilatura", "datasketch", "scipy", "pandas"}  # half a second and more each
    for folder in MAY_IMPORT:
        for path in modules(folder):
            assert slow.isdisjoint(packages_imported_at_the_top(path)), path
