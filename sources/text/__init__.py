"""Lines, code points and their hashes; language and calendar words. Knows no page and no outlet."""
