"""Splits become staged articles."""
