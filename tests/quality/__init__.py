"""Floors of quality, which only rise."""
