"""Names that say nothing of what they hold may only become fewer."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VAGUE = {"told", "some", "asked", "found", "kept", "one"}
AT_MOST = {
    "schemas": 0,
    "dedupe": 0,
    "sources": 0,
    "pipelines": 0,
    "tests": 27,
    "benchmarks": 0,
}
"""What each package has left: whoever renames lowers its number, nobody raises it."""


def vague_names(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that give a vague name to a value, an argument, a function or a class."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                pass
            case (
                ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.ExceptHandler(name=name)
            ):
                pass
            case _:
                continue
        if name in VAGUE:
            yield node.lineno, name


@pytest.mark.parametrize("package", AT_MOST)
def test_no_more_values_have_a_name_that_says_nothing_of_them(package: str) -> None:
    places = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for line, name in vague_names(path)
    ]
    assert len(places) <= AT_MOST[package], "name them after what they hold:\n" + "\n".join(places)


def test_all_ways_to_give_a_vague_name_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "names.py"
    path.write_text(
        "told = 1\ndef found(one, *some, **kept):\n    for asked in one: pass\n"
        "    with open(one) as told: use(told)\n    return lambda found: [one for one in some]\n"
        "def fine(name): return name.one, name.found\n"
    )
    names = "".join(f"{line} {name}\n" for line, name in sorted(vague_names(path)))
    assert names == ("1 told\n2 found\n2 kept\n2 one\n2 some\n3 asked\n4 told\n5 found\n5 one\n")
