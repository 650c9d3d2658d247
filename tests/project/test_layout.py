"""Which folder may import what, and how modules and packages are named."""

import ast
import re
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
# from the ground up: a room imports itself and those before it
ROOMS = (
    *("schemas", "dedupe", "dedupe/text", "dedupe/candidates", "dedupe/verification"),
    *(
        "sources",
        "sources/languages",
        "sources/attribution",
        "sources/text",
        "sources/mirrors",
        "sources/page",
    ),
    *("sources/tables", "sources/readers", "sources/outlets", "sources/lookalikes"),
    "sources/credits",
    *("sources/metadata", "sources/disagreements", "sources/extraction", "sources/stories"),
    *("sources/measures", "pipelines", "pipelines/storage", "pipelines/engine"),
    *("pipelines/output", "pipelines/config", "pipelines/history", "pipelines/export"),
    *("pipelines/exchange", "pipelines/report", "pipelines/sample", "pipelines/stages"),
    *("pipelines/stages/outlets", "pipelines/stages/boilerplate", "pipelines/stages/extract"),
    *("pipelines/stages/match", "pipelines/stages/tables", "pipelines/stages/history"),
    *("pipelines/explain", "pipelines/index", "pipelines/graph", "pipelines/run"),
    *("pipelines/maintenance", "pipelines/schedule"),
    *("pipelines/terminal", "pipelines/serve", "pipelines/commands"),
)
DOORS = {"pipelines/__init__.py", "pipelines/__main__.py"}
"""What starts the program stands at the top and reaches down."""
MOST_MODULES = 12
MOST_LINES = 400
LONG = {"schemas/tables.py"}
"""One list of all columns of all tables: longer than a module, and one idea."""
# where Beam may be imported: wiring, the engine, and files on any filesystem
BEAM = re.compile(
    r"pipelines/(engine/|graph/|stages/\w+/transforms\.py|storage/(filesystem|fsspec_files)\.py"
    r"|stages/match/(clean_transform|rounds)\.py|stages/history/(recall|settle)\.py"
    r"|stages/tables/writers\.py|stages/extract/(inputs|poisoned_splits)\.py"
    r"|run/(job|execute)\.py)"
)
PATH = re.compile(r"`((?:schemas|dedupe|sources|pipelines|tests|benchmarks)/[\w/.-]+\.\w+)`")
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
    "charset_normalizer": "charset-normalizer",
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
            yield from (name.name for name in node.names)
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


def test_beam_is_imported_where_stages_are_wired_and_nowhere_else() -> None:
    assert [path for path in importers("apache_beam") if not BEAM.match(path)] == []


def room(path: Path) -> str:
    return path.parent.relative_to(ROOT).as_posix()


def rooms_imported(path: Path) -> Iterator[str]:
    """The rooms of the modules of ours that a module imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        names = [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            names = [str(node.module), *(f"{node.module}.{name}" for name in names)]
        files = (ROOT / (name.replace(".", "/") + ".py") for name in names)
        yield from (room(file) for file in files if file.exists())


def test_every_folder_of_modules_is_a_room_with_its_place() -> None:
    folders = {room(path) for folder in MAY_IMPORT for path in modules(folder)}
    assert folders == set(ROOMS)


def test_a_room_imports_itself_and_those_before_it() -> None:
    place = {name: number for number, name in enumerate(ROOMS)}
    wrong = [
        f"{path.relative_to(ROOT)} imports from {other}, which comes after it"
        for folder in MAY_IMPORT
        for path in modules(folder)
        if path.relative_to(ROOT).as_posix() not in DOORS
        for other in rooms_imported(path)
        if place[other] > place[room(path)]
    ]
    assert wrong == []


def test_a_room_has_at_most_twelve_modules() -> None:
    for folder in (*ROOMS, *(room(path) for path in modules("tests"))):
        names = [path for path in (ROOT / folder).glob("*.py") if path.stem != "__init__"]
        assert len(names) <= MOST_MODULES, folder


def test_a_room_opens_with_what_it_is_about_and_nothing_else() -> None:
    for folder in ROOMS:
        if f"{folder}/__init__.py" not in DOORS:
            body = ast.parse((ROOT / folder / "__init__.py").read_text("utf-8")).body
            assert [type(node) for node in body] == [ast.Expr], folder


def test_no_public_class_is_called_like_another() -> None:
    places: dict[str, list[str]] = {}
    for folder in MAY_IMPORT:
        for path in modules(folder):
            for node in ast.parse(path.read_text("utf-8")).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    places.setdefault(node.name, []).append(path.relative_to(ROOT).as_posix())
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_no_module_is_longer_than_one_idea() -> None:
    for folder in MAY_IMPORT:
        for path in modules(folder):
            name = path.relative_to(ROOT).as_posix()
            assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES or name in LONG, name


def test_paths_in_documents_exist() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    named = {
        (page.name, path)
        for page in pages
        if page.name != "CHANGELOG.md"  # it tells of what was
        for path in PATH.findall(page.read_text("utf-8"))
    }
    assert [(page, path) for page, path in sorted(named) if not (ROOT / path).exists()] == []


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
    names = {dependency.split(">")[0] for dependency in project()["project"]["dependencies"]}
    assert {DISTRIBUTIONS.get(name, name) for name in used} <= names | optional()


def optional() -> set[str]:
    """Packages of the extras that a user may choose."""
    extras = project()["project"]["optional-dependencies"]
    return {
        requirement.split(">")[0]
        for name in extras
        if name != "dev"
        for requirement in extras[name]
    }


def test_what_is_optional_is_imported_where_it_is_used_only() -> None:
    for path in modules("pipelines"):
        assert optional().isdisjoint(packages_imported_at_the_top(path)), path


def test_extra_and_group_dev_are_the_same() -> None:
    project_table = project()
    assert (
        project_table["project"]["optional-dependencies"]["dev"]
        == project_table["dependency-groups"]["dev"]
    )


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
