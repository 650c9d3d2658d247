"""What CI runs is the whole suite, each part of it once."""

import itertools
import shlex
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_the_calls_of_pytest_in_ci_leave_out_no_tests_and_run_none_twice() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    calls = [shlex.split(line) for line in lines if line.startswith("step uv run --locked pytest")]
    with_coverage, others = (words[words.index("pytest") + 1 :] for words in calls)
    left_out = {folder for flag, folder in itertools.pairwise(others) if flag == "--ignore"}
    run = {word for word in (*with_coverage, *others) if not word.startswith("--")}
    assert run - left_out == {*SETTINGS["tool"]["pytest"]["ini_options"]["testpaths"]}
    covered = [word for word in with_coverage if word != "--cov"]
    assert sorted(covered) == sorted({*left_out, *SETTINGS["tool"]["coverage"]["run"]["source"]})
