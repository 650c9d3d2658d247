"""Records that travel between stages, and the Arrow schema of every published table."""
