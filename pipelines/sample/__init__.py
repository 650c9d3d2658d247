"""The small crawl that `copytrail demo` runs on, made by the project itself."""

from pipelines.sample.truth import SampleTruth, sample_truth
from pipelines.sample.write import write_sample

__all__ = ["SampleTruth", "sample_truth", "write_sample"]
