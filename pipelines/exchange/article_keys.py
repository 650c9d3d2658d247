"""Ids of articles, outlets and texts as numbers that sort and split alike."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from schemas.staged_articles import are_left_out
from sources.outlets.outlets import outlet_name
from sources.text.keys import key_of


def id_keys(ids: list[str]) -> NDArray[np.uint64]:
    """Article ids (16 hexadecimal digits) as numbers, shape (len(ids),)."""
    return np.array([int(article_id, 16) for article_id in ids], dtype=np.uint64)


def key_ids(keys: NDArray[np.uint64]) -> list[str]:
    """Numbers as article ids; the inverse of id_keys."""
    return [f"{key:016x}" for key in keys.tolist()]


def outlet_keys(articles: pa.Table) -> NDArray[np.int64]:
    """The outlet of each article as a number, before mirrors are known; 0 where there is none."""
    hosts, outlets = (articles.column(name).to_pylist() for name in ("host", "outlet"))
    pairs = list(zip(hosts, outlets, strict=True))
    names = {pair: outlet_name(*pair) for pair in set(pairs)}
    keys = {pair: key_of(name) if name else 0 for pair, name in names.items()}
    return np.array([keys[pair] for pair in pairs], np.uint64).view(np.int64)


def boilerplate_outlets(articles: pa.Table) -> NDArray[np.int64]:
    """As outlet_keys, 0 for pages without a story: they neither show boilerplate nor lose any.

    Or the first lines of a story that five sections list would be what its outlet repeats.
    """
    return np.where(are_left_out(articles), np.int64(0), outlet_keys(articles))


def text_hashes(texts: pa.ChunkedArray) -> NDArray[np.uint64]:
    """A hash of each text as extracted."""
    # text_key without its search for white space: staged texts are clean lines (sources.text.lines)
    return np.array([key_of(text.replace("\n", " ")) for text in texts.to_pylist()], np.uint64)
