"""How a text says from whom it knows, by the rules of its language's file."""
