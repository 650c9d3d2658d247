"""The index: how quickly `copytrail match` answers, what the index costs, and what it misses.

uv run python benchmarks/index_questions.py [--documents 10000 100000] [--questions 200]

A planted corpus goes through a run, the run into an index. Questions are whole articles, and
passages of one to five sentences cut out of articles at random; the article that a passage was cut
from has to be found, and of an article every other of its planted cluster that reading the whole
run without an index finds. Cold is a process of its own, warm the same process again.
"""

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from as_users import environment
from planted_corpus import write

from pipelines.index.against import Searched, opened_runs
from pipelines.index.answer import answer_question
from pipelines.index.build import update_index
from pipelines.index.question import Question
from pipelines.index.run_scan import RunScan
from pipelines.output.read_run import batches, find_run

SCANNED = 5
"""Whole articles that are also looked up by reading the run, which takes seconds for each."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question whose source is known."""

    kind: str
    question: Question
    source: str
    """article_id that has to be found."""


def articles_of(run: str) -> list[tuple[str, str]]:
    """The ids and texts of a run."""
    return [
        (row["article_id"], row["text"])
        for batch in batches(run, "articles", ("article_id", "text"), 2_000)
        for row in batch.to_pylist()
    ]


def passages(articles: Sequence[tuple[str, str]], count: int, sentences: int) -> list[Asked]:
    """Questions of so many sentences each, cut out of articles at random."""
    chance = random.Random(sentences)
    questions: list[Asked] = []
    while len(questions) < count:
        name, text = chance.choice(articles)
        parts = text.replace("\n", " ").split(". ")
        if len(parts) <= sentences + 1:
            continue
        start = chance.randrange(1, len(parts) - sentences)
        passage = ". ".join(parts[start : start + sentences])
        questions.append(Asked(f"{sentences} sentences", Question(None, passage), name))
    return questions


def whole(articles: Sequence[tuple[str, str]], count: int) -> list[Asked]:
    """Questions that are whole articles; each has to find itself."""
    chosen = random.Random(0).sample(list(articles), count)
    return [Asked("whole", Question(None, text), name) for name, text in chosen]


def latency(questions: Sequence[Asked], runs: Sequence[Searched]) -> tuple[list[float], int]:
    """Seconds of each question, and how many found their source."""
    seconds, hits = [], 0
    for item in questions:
        before = time.perf_counter()
        answer = answer_question(item.question, runs)
        seconds.append(time.perf_counter() - before)
        hits += any(match.article.article_id == item.source for match in answer.matches)
    return seconds, hits


def agreement(questions: Sequence[Asked], indexed: Sequence[Searched], run: str) -> tuple[int, int]:
    """Of what reading the run finds, how many the index finds, and how many there are."""
    scan = RunScan(run)
    both = total = 0
    for item in questions[:SCANNED]:
        names = [
            {(match.article.article_id, match.relation) for match in answer.matches}
            for answer in (answer_question(item.question, runs) for runs in (indexed, [scan]))
        ]
        both, total = both + len(names[0] & names[1]), total + len(names[1])
    return both, total


def timed(call: Callable[[], object]) -> float:
    """Seconds of processor time, children of this process included."""
    before = time.process_time()
    call()
    return time.process_time() - before


def children_s() -> float:
    """Seconds of processor time of all processes that were started and have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def cold(output: Path, text: str) -> float:
    """Seconds of `copytrail match` as a process of its own."""
    command = [sys.executable, "-m", "pipelines", "match", "-", "--against", str(output), "--json"]
    before = time.perf_counter()
    subprocess.run(
        command, input=text.encode(), check=True, stdout=subprocess.DEVNULL, env=environment()
    )
    return time.perf_counter() - before


def measure(documents: int, questions: int) -> None:
    """Prints the rows of one size."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "out"
        write(documents, Path(folder) / "parts")
        command = [sys.executable, "-m", "pipelines", "run", "--quiet", "--output", str(output)]
        command += ["--set", "checks.hold=[]"]  # one story has 2,000 copies here
        pattern = str(Path(folder) / "parts" / "*.parquet")
        before_s = children_s()
        done = subprocess.run([*command, "--input", pattern], check=False, env=environment())
        assert done.returncode in (0, 3), done
        run_s = children_s() - before_s
        built_s = timed(lambda: update_index(str(output)))
        checked_s = timed(lambda: update_index(str(output)))
        size = sum(path.stat().st_size for path in (output / "index").rglob("*") if path.is_file())
        print(
            f"{documents} articles: built in {built_s / documents * 1e3:.2f} ms of CPU each, ",
            end="",
        )
        print(f"{size / documents:.0f} bytes each; checked in {checked_s:.1f} s")
        share = built_s / run_s
        print(
            f"the run took {run_s / documents * 1e3:.2f} ms of CPU each: the index adds {share:.0%}"
        )
        run = find_run(str(output))
        articles = articles_of(run)
        kinds = [
            whole(articles, questions),
            *(passages(articles, questions, n) for n in range(1, 6)),
        ]
        seconds = [cold(output, group[0].question.text) for group in kinds]
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"cold {min(seconds):.2f} to {max(seconds):.2f} s, this process {peak_mb:.0f} MB")
        with opened_runs(str(output)) as against:
            for group in kinds:
                times, hits = latency(group, against.runs)
                cuts = statistics.quantiles(times, n=20)
                print(
                    f"{group[0].kind:12} p50 {cuts[9] * 1e3:6.1f} ms  p95 {cuts[18] * 1e3:6.1f} ms"
                    f"  found {hits} of {len(group)}"
                )
            both, total = agreement(kinds[0], against.runs, run)
            print(f"of {total} matches that reading the run gives the index gives {both}")


def main() -> None:
    """Measures all sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--questions", type=int, default=200)
    arguments = parser.parse_args()
    for documents in arguments.documents:
        measure(documents, arguments.questions)


if __name__ == "__main__":
    main()
