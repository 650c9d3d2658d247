"""Errors that end a run before it has read anything, and the exit codes of the command line."""

PUBLISHED = 0
USAGE = 2
PUBLISHED_WITH_WARNINGS = 3
HELD_BACK = 4
FAILED = 5
LOCKED = 75


class UsageError(Exception):
    """Wrong usage or settings: one line that says what was got, what was wanted, the way out."""


class DamagedError(UsageError):
    """Files that are not as they were written; the line says what makes them anew."""


class LockedError(Exception):
    """Another run holds the lock of this output folder."""
