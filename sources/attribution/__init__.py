"""How a text says from whom it knows, a file a language."""
