"""A local page and a JSON API over all published runs: it reads, and writes nothing."""
