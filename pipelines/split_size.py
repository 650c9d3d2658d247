"""How large a unit of work is: it follows the input, so that there are never too many of them.

Every split tells every part of an exchange where its rows stand, and every published file reads
every split: both grow with the square where splits do not grow.
"""

WANTED_SPLITS = 4096
"""From where on splits become larger instead of more: 8 GB of input by default."""
LARGEST = {"warc": 1 << 30}
"""Bytes up to which splits grow: an archive as crawlers write them, some 30,000 pages of half an
hour, which is what an interruption loses at most."""
LARGEST_OF_TEXTS = 1 << 26
"""The same where texts stand in the files: some 55,000, of which a worker holds one split."""


def split_size(file_format: str, input_bytes: int, asked: int) -> int:
    """Bytes of a split of such a file, in an input of so many bytes; never less than asked.

    By doubling, so that an input that grows a little keeps the splits that were extracted.

    >>> [split_size("parquet", size, 2_000_000) for size in (10**9, 10**10, 10**13)]
    [2000000, 4000000, 64000000]
    >>> split_size("warc", 10**13, 2_000_000), split_size("warc", 10**13, 2_000_000_000)
    (1024000000, 2000000000)
    """
    size, largest = asked, LARGEST.get(file_format, LARGEST_OF_TEXTS)
    while size * WANTED_SPLITS < input_bytes and size * 2 <= largest:
        size *= 2
    return size
