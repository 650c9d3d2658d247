"""Bytes of a page as text: the encoding is decided once, here.

The order is the byte-order mark, then UTF-8 wherever the bytes are UTF-8 (servers claim Latin-1 for
pages that are not), then the HTTP charset, the page's own declaration, and detection.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers read under these names (WHATWG Encoding Standard, section 4.2).
_BROWSER_NAMES = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_META = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_HEAD_BYTES = 4_096
_SAMPLE_BYTES = 200_000
_MARKUP = re.compile(rb"<[^<>]{0,2000}>|[\x00-\x1f ]+")
_UNWANTED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes([*range(9), 0x0B, *range(0x0E, 0x20), 0x7F])
_MAX_BAD_SHARE = 0.02
"""Of the letters outside ASCII; above it the text is not in the encoding that was tried."""
_MAX_CONTROL_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page as text, without control characters."""

    text: str
    encoding: str
    is_binary: bool
    """True where the bytes are no text in any encoding."""


def decoded(body: bytes, charset: str | None) -> Decoded:
    """The bytes as text; `charset` is what the HTTP header claims."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _cleaned(body[len(mark) :].decode(encoding, "replace"), encoding)
    for encoding in _candidates(body, charset):
        text = _tried(body, encoding)
        if text is not None and encoding == "utf-8" and _is_clean(body, text):
            return Decoded(text, encoding, is_binary=False)
        if text is not None:
            return _cleaned(text, encoding)
    return _cleaned(body.decode("cp1252", "replace"), "cp1252")


def _candidates(body: bytes, charset: str | None) -> Iterator[str]:
    found = _META.search(body, 0, _HEAD_BYTES)
    claims = [charset or "", found[1].decode("ascii") if found else ""]
    named = [name for claim in claims if (name := _codec(claim))]
    if any(name.startswith(("iso2022", "hz")) for name in named) and body.isascii():
        yield from named
    yield from (*_wide(body), "utf-8", *named)
    yield from _detected(body)


def _codec(claim: str) -> str | None:
    if not claim:
        return None
    try:
        info = codecs.lookup(claim)
    except (LookupError, ValueError):
        return None
    # Python's registry also holds compressions and escapes, which are no encodings of text.
    is_text = getattr(info, "_is_text_encoding", True)
    if not is_text or info.name in ("idna", "punycode", "utf-7", "undefined", "unicode_escape"):
        return None
    return _BROWSER_NAMES.get(info.name, info.name)


def _wide(body: bytes) -> list[str]:
    """UTF-16 without a mark shows as zeros in every other byte of the first markup."""
    head = body[:_HEAD_BYTES]
    if head.count(0) * 3 < len(head):
        return []
    return ["utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"]


def _detected(body: bytes) -> list[str]:
    if body.isascii():
        return []
    sample = _MARKUP.sub(b" ", body[:_SAMPLE_BYTES])
    name = _codec(detect_encoding(sample) or "")
    return [name] if name else []


def _tried(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except UnicodeError:
        pass
    try:
        text = body.decode(encoding, "replace")
    except UnicodeError:
        return None
    bad = text.count("\ufffd")
    others = len(text) - len(text.encode("ascii", "ignore"))
    return text if bad <= _MAX_BAD_SHARE * others or bad == 1 else None


def _is_clean(body: bytes, text: str) -> bool:
    """Whether UTF-8 holds nothing unwanted: 20 times faster than to look at each character."""
    has_controls = len(body.translate(None, _CONTROLS)) < len(body)
    return not (has_controls or "\ufffe" in text or "\uffff" in text)


def _cleaned(text: str, encoding: str) -> Decoded:
    kept = _UNWANTED.sub("", text)
    zeros = text.count("\0")
    controls = len(text) - len(kept) - zeros
    return Decoded(kept, encoding, controls > _MAX_CONTROL_SHARE * max(1, len(text)))
