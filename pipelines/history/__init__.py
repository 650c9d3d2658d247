"""The days that a windowed run looks back on, as files."""
