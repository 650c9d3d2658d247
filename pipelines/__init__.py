"""The only Beam code: transforms, the graph, staging, publishing, settings, the command line."""

from pipelines.engine.lean_imports import install

install()
