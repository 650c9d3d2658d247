"""The only Beam code: transforms, the graph, staging, publishing, settings, the command line."""

from pipelines.lean_imports import install

install()
