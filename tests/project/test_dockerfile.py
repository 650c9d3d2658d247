"""The Dockerfile says what the lock says; `scripts/check-image` runs it without an engine."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def argument(name: str) -> str:
    (value,) = re.findall(rf"^ARG {name}=(\S+)$", DOCKERFILE, re.MULTILINE)
    return str(value)


def test_the_image_has_the_beam_of_the_lock() -> None:
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    (beam,) = (package["version"] for package in packages if package["name"] == "apache-beam")
    assert argument("BEAM") == beam


def test_the_image_has_the_python_that_ci_runs() -> None:
    requires = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert requires.startswith(f">={argument('PYTHON')},")


def test_all_that_is_copied_is_there_and_not_ignored() -> None:
    lines = re.findall(r"^COPY (?!--)(.*) \S+$", DOCKERFILE, re.MULTILINE)
    copied = {word for line in lines for word in line.split()}
    assert {"pyproject.toml", "uv.lock", "schemas", "dedupe", "sources", "pipelines"} <= copied
    assert all((ROOT / path).exists() for path in copied)
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line[0] == "!"}
    assert copied == let_in


def test_the_container_starts_beams_launcher_and_nothing_else() -> None:
    assert DOCKERFILE.rstrip().endswith('ENTRYPOINT ["/opt/apache/beam/boot"]')
    assert "--locked" in DOCKERFILE
    assert re.findall(r"pip install", DOCKERFILE) == []
