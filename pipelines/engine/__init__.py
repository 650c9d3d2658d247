"""How Beam is started here: runner, workers, allocator, lean imports."""
