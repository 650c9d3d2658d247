"""Domains whose names resemble each other."""
