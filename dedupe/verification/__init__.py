"""What a pair and a component are, exactly: similarity, relations, round-ups, clusters."""
