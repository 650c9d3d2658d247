"""Bytes an article sends through every exchange: `python benchmarks/exchange.py [--documents N]`.

Runs the graph on planted texts (benchmarks/planted_corpus.py), or on `--input`, and counts what
enters each GroupByKey and each side input, encoded as Beam's coder for Python values encodes it.
What a global combine sends is not counted: engines add up before they send. A side input goes to
every worker, so its bytes are those of one worker. Large rows go by way of files, and elements say
where they stand (pipelines/exchange/staged_parts.py): the second table counts these files.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import apache_beam as beam
import pyarrow as pa
from apache_beam.coders import FastPrimitivesCoder
from apache_beam.metrics import Metrics
from apache_beam.pvalue import AsList, AsSingleton, PCollection
from planted_corpus import write

from pipelines.config.settings import Settings
from pipelines.run.execute import execute
from pipelines.run.request import Request
from pipelines.stages.boilerplate import transforms as boilerplate
from pipelines.stages.match import clean_transform
from pipelines.stages.match import transforms as match
from pipelines.stages.outlets import transforms as outlets
from pipelines.stages.tables import transforms as tables
from pipelines.storage import filesystem, staged_tables

GROUP = beam.GroupByKey
WRITE = staged_tables.write_batches
GRAPHS = (boilerplate, clean_transform, match, outlets, tables)
"""Modules that make side inputs of a run without a window or rounds."""
BUDGET = 6000
"""Bytes an article may send through all GroupByKeys together (issue 8)."""


class CountBytes(beam.DoFn):
    """Lets everything through and adds up its encoded size under `name`."""

    def __init__(self, name: str) -> None:
        self.elements = Metrics.counter("elements", name)
        self.bytes = Metrics.counter("bytes", name)
        self.coder = FastPrimitivesCoder()

    def process(self, element: Any) -> Iterator[Any]:
        """Beam's: one element, which passes."""
        self.elements.inc()
        self.bytes.inc(len(self.coder.encode(element)))
        yield element


class Watch:
    """Puts a CountBytes before every exchange of the graphs that are built and run meanwhile."""

    def __init__(self) -> None:
        self.results: list[Any] = []
        self.changed = ExitStack()
        self.sides = 0
        self.files: Counter[str] = Counter()
        """Bytes of staged files, by what they hold."""

    def __enter__(self) -> "Watch":
        run = beam.Pipeline.run
        changes = (
            (beam, "GroupByKey", CountedGroup),
            (beam.transforms.util, "GroupByKey", CountedGroup),  # what CoGroupByKey is made of
            (
                beam.Pipeline,
                "run",
                lambda *arguments, **named: self._kept(run(*arguments, **named)),
            ),
            (filesystem, "write_batches", self._written),
            *((graph, "AsList", partial(self._side, AsList)) for graph in GRAPHS),
            *((graph, "AsSingleton", partial(self._side, AsSingleton)) for graph in GRAPHS),
        )
        for holder, name, change in changes:
            self.changed.callback(setattr, holder, name, getattr(holder, name))
            setattr(holder, name, change)
        return self

    def __exit__(self, *_: object) -> None:
        self.changed.close()

    def counts(self, kind: str) -> Mapping[str, int]:
        """Elements or bytes by exchange."""
        query = self.results[-1].metrics().query()
        return {
            counter.key.metric.name: counter.result
            for counter in query["counters"]
            if counter.key.metric.namespace == kind
        }

    def _written(self, path: str, tables: Sequence[pa.Table], schema: pa.Schema) -> None:
        WRITE(path, tables, schema)
        self.files[path.split(".")[-2]] += Path(path).stat().st_size

    def _kept(self, result: Any) -> Any:
        self.results.append(result)
        return result

    def _side(self, view: Callable[[PCollection], Any], side: PCollection) -> Any:
        self.sides += 1
        made = side.producer.full_label if side.producer else "?"
        name = f"side input of {made.removesuffix('/ParDo(' + made + ')')}"
        return view(side | f"Side {self.sides}" >> beam.ParDo(CountBytes(name)))


class CountedGroup(beam.PTransform):
    """A GroupByKey with a CountBytes before it, named after where it stands in the graph."""

    def expand(self, pairs: PCollection) -> PCollection:
        """Beam's: the pairs, grouped."""
        name = pairs.pipeline._current_transform().full_label
        return pairs | beam.ParDo(CountBytes(name)) | GROUP()


def show(watch: Watch, articles: int) -> None:
    """Prints a table of what was sent, most first, and the sum of the GroupByKeys."""
    sizes, elements = watch.counts("bytes"), watch.counts("elements")
    print("| exchange | elements | bytes an article |\n|---|---|---|")
    for name in sorted(sizes, key=lambda exchange: -sizes[exchange]):
        print(f"| {name} | {elements[name]} | {sizes[name] / articles:.0f} |")
    total = sum(size for name, size in sizes.items() if not name.startswith("side input"))
    print(
        f"{articles} articles, all GroupByKeys: {total / articles:.0f} bytes an article, ", end=""
    )
    print(f"{total / articles / BUDGET:.2f} of the budget of {BUDGET}\n")
    print("| staged file | bytes an article |\n|---|---|")
    for name, size in watch.files.most_common():
        print(f"| {name} | {size / articles:.0f} |")
    by_files = watch.files.total()
    print(f"by way of files: {by_files / articles:.0f} bytes an article, ", end="")
    print(f"both together {(total + by_files) / articles:.0f}")


def main() -> None:
    """Runs once and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--input", help="read this in place of planted texts")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not arguments.input:
            write(arguments.documents, Path(folder, "corpus"))
        told_input = arguments.input or str(Path(folder, "corpus"))
        # one worker is this process, so that one result holds all counts
        settings = Settings.model_validate({"run": {"workers": 1}})
        with Watch() as watch:
            outcome = execute(Request((told_input,), str(Path(folder, "out")), settings))
        show(watch, outcome.manifest["counts"]["articles"])


if __name__ == "__main__":
    main()
