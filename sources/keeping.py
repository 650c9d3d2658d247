"""Results that are kept because the same is asked again, for short texts only."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Result = TypeVar("Result")
MAX_KEPT_CHARS = 8_192


def kept(
    calls: int, chars: int = MAX_KEPT_CHARS
) -> Callable[[Callable[[str], Result]], Callable[[str], Result]]:
    """As lru_cache for a function of one text; what a longer text gives is made anew each time.

    A cache keeps what it was asked: a thousand addresses of a page's megabytes would stay.
    """

    def keeping(make: Callable[[str], Result]) -> Callable[[str], Result]:
        cached = lru_cache(maxsize=calls)(make)

        @wraps(make)
        def asked(text: str) -> Result:
            return cached(text) if len(text) <= chars else make(text)

        return asked

    return keeping
