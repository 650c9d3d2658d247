"""Days of the history take the way of splits; what was verified before is not verified again."""
