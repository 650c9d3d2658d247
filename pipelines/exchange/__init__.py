"""How rows move between workers: parts, staged parts, ids as numbers, the work folder."""
