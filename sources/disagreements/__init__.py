"""Numbers, dates and quotations on which versions of one story differ."""
