"""Every format, hostile files and pages, stores, retries."""
