"""What a page says of itself beside its story: head, JSON-LD, headline, bylines, dates."""
