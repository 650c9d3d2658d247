"""The bounds of extraction: beyond them a page is rejected, or a field cut, and never a hang."""

from dataclasses import dataclass
from typing import Annotated

from schemas.setting import Count, Setting


@dataclass(frozen=True, slots=True)
class Limits:
    """What a page may be, and what of it is kept; the figures come from measured pages."""

    max_page_bytes: Annotated[int, Setting(least=1000)] = 16 << 20
    """Bytes of a page as served. Real front pages reach 3.5 MB, nearly all of it script."""
    max_markup_chars: Annotated[int, Setting(least=1000)] = 2_000_000
    """Characters left when scripts, styles and comments are gone. Pages of 5 to 50 MB take
    trafilatura past 12 s, and one page must not stop a run."""
    max_tags: Annotated[int, Setting(least=100)] = 50_000
    """Tags of a page. Real articles have 500 to 15,000; 100,000 links take trafilatura past 12
    s."""
    max_depth: int = 250
    """Elements inside each other. libxml2 drops what lies deeper than 256 without a word."""
    max_metadata_chars: int = 256 << 10
    """Characters of one JSON-LD block. The median is under 4 kB; one of 840 kB took 4 s."""
    max_title_chars: int = 500
    """Longer titles are cut. A headline is shorter, a page that runs on is not one."""
    max_text_chars: Annotated[int, Setting(least=1000)] = 500_000
    """Characters; longer texts are cut, so that one page cannot fill the memory."""
    max_snippet_chars: int = 500
    """Characters of a passage kept as evidence: enough to find it on the page again."""
    max_authors: int = 20
    """Names kept of a byline; more is a list of staff."""
    min_words: Count = 40
    """Words; shorter texts are rejected. They are stubs, paywalls, or pages that need a browser."""
    timeout_s: Annotated[float, Setting(above=0)] = 5.0
    """Seconds of CPU time for one page, and twelve times as many by the clock. Real pages take 0.01
    to 0.5 s; what takes longer was made to, or meets a fault of a library. CPU time does not depend
    on what else the machine does, so that a busy one rejects no page that a quiet one reads."""
    max_memory_bytes: Annotated[int, Setting(least=1 << 30)] = 3 << 30
    """Bytes of address space of a process that reads pages; some 0.6 GB of it is libraries."""
    pages_per_process: int = 2000
    """After so many pages the process that reads them is replaced, for libraries leak."""
    slow_host_s: Annotated[float, Setting(above=0)] = 10.0
    """Seconds of CPU time that pages slower than a second may take together, of one host in a file
    of the input, shared out to the parts that the file is read in. Beyond it its pages are rejected
    unread (reason `budget`), but for one now and then."""
    slow_file_s: Annotated[float, Setting(above=0)] = 120.0
    """The same of all hosts of a split: a thousand slow pages cannot eat a night."""
