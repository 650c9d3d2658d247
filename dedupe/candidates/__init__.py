"""Which pairs are worth comparing: MinHash, LSH bands, sampled shingles, components."""
