"""64-bit keys of what two articles may have in common: text, path, title.

blake2b, so that nobody can write a page that collides with another on purpose.
"""

import hashlib
import re
import unicodedata

_WORD = re.compile(r"\w+")


def key_of(text: str) -> int:
    """A 64-bit key of a string, the same in every process; never 0."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") or 1


def text_key(text: str) -> int:
    """Equal for texts that differ in white space at most."""
    return key_of(" ".join(text.split()))


def path_key(canonical_url: str | None) -> int:
    """Equal for addresses that differ in scheme and host; 0 without a path of its own."""
    path = path_of(canonical_url)
    return key_of(path) if path else 0


def path_of(canonical_url: str | None) -> str:
    """Path and query of a canonical address; empty for none and for a front page."""
    if not canonical_url:
        return ""
    _, _, rest = canonical_url.partition("://")
    _, _, path = rest.partition("/")
    return path


def title_key(title: str | None) -> int:
    """Equal for titles that differ in case, punctuation and compatibility forms; 0 for none."""
    words = _WORD.findall(unicodedata.normalize("NFKC", title or "").casefold())
    return key_of(" ".join(words)) if words else 0
