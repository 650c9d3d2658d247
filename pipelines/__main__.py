"""`python -m pipelines` is `copytrail`."""

from pipelines.commands.app import main

main()
