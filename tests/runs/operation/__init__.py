"""Running it: commands, schedules, registries, ratings, clusters."""
