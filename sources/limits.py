"""The bounds of extraction: beyond them a page is rejected, or a field cut, and never a hang."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes of what extraction takes in and lets out; the defaults come from measured pages."""

    max_page_bytes: int = 16 << 20
    """Of a page as it was served. Real front pages reach 3.5 MB, nearly all of it script."""
    max_markup_chars: int = 2_000_000
    """Of what is left when scripts, styles and comments are gone."""
    max_tags: int = 50_000
    """Pages of the made crawl have 292 to 3,942; 100,000 links took trafilatura past 12 s."""
    max_depth: int = 250
    """libxml2 silently drops what is nested deeper than 256 elements."""
    max_metadata_chars: int = 256 << 10
    """Of one JSON-LD block: 16 kB at most in the made crawl; a real one of 840 kB took 4 s."""
    max_title_chars: int = 500
    max_text_chars: int = 500_000
    max_snippet_chars: int = 500
    max_authors: int = 20
    min_words: int = 40
    """Fewer are a stub, a paywall or a page that needs a browser."""
    timeout_s: float = 5.0
    """CPU time for one page, so that a busy machine rejects none; 12 times as much by the clock."""
    max_memory_bytes: int = 3 << 30
    """Address space of a process that reads pages; some 0.6 GB of it is libraries."""
    pages_per_process: int = 2000
    """After so many the process is replaced, for libraries leak."""
    slow_host_s: float = 15.0
    """CPU time that slow pages of one host may take together in a split of the input."""
    slow_file_s: float = 120.0
    """The same of all hosts of a split."""
