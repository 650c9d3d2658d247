"""Outlets' samples become boilerplate; articles lose it."""
