"""The only Beam code: transforms, the graph, staging, publishing, settings, the command line."""
