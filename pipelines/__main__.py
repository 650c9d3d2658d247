"""`python -m pipelines` is `copytrail`."""

from pipelines.cli import main

main()
