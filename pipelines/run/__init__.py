"""One run from request to outcome: job, graph, checks, manifest, metrics."""
