"""A text as matching sees it: characters, words, shingles, facts, an outlet's boilerplate."""
