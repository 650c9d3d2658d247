"""What the transforms of all stages are: PTransforms that take and give records of PCollections."""

import apache_beam as beam
from apache_beam.typehints.decorators import IOTypeHints


class Stage(beam.PTransform):
    """A stage of the graph: `expand` takes a PCollection, a record (NamedTuple) of them, or the
    pipeline, and gives a PCollection or a record. What else it needs, side inputs too, are fields.
    """

    def default_type_hints(self) -> IOTypeHints:
        """No hints: Beam knows none of records, and would log a warning for each that it ignores.

        mypy reads the annotations of `expand` all the same.
        """
        return IOTypeHints.empty()
