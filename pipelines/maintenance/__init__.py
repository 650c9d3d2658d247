"""Looking after an output folder: held runs, pruning, forgetting, status, audit."""
