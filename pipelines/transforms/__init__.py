"""The stages as Beam transforms; each calls the functions that do the work."""
