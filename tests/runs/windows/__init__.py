"""Runs day by day: windows, history, and starts after a kill."""
