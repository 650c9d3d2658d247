"""Files on any filesystem, written whole; Arrow as bytes and staged files; the lock."""
