"""From a file to records; every record comes back as a page, a row, rejected or skipped."""
