"""Who an article belongs to: the registry, outlets, others' ratings."""
