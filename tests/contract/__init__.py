"""What is promised to readers of the tables."""
