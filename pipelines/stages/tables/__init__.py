"""Verified clusters become the rows of the published tables."""
