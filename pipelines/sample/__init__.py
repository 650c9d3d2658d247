"""The small crawl that `copytrail demo` runs on, made by the project itself."""
