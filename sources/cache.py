"""Results that are kept because the same is asked again, for short texts only."""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])
MAX_KEPT_CHARS = 8_192


def cached_if_short(calls: int, chars: int = MAX_KEPT_CHARS) -> Callable[[Function], Function]:
    """As lru_cache for a function of a text first; what a longer one gives is made anew each time.

    A cache keeps what it was asked: a thousand addresses of a page's megabytes would stay.

    Args:
        calls: how many results are kept.
        chars: of a text, up to which its result is kept.
    """

    def keeping(make: Function) -> Function:
        cached = lru_cache(maxsize=calls)(make)

        @wraps(make)
        def answer(text: str, *more: Hashable) -> Any:
            return (cached if len(text) <= chars else make)(text, *more)

        return cast(Function, answer)

    return keeping
