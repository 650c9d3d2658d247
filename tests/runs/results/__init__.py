"""What a run finds, held to what its input was made from."""
