"""Bytes of a page as text: the encoding is decided once, here.

The order is the byte-order mark, then UTF-8 wherever the bytes are UTF-8 (servers claim Latin-1 for
pages that are not), then the HTTP charset, the page's own declaration, and detection. Bytes that do
not fit cost their own letters: a page in UTF-8 with some stays in UTF-8.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
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
_REPLACED = "\ufffd"
_HTTP_DEFAULT = "cp1252"
"""Latin-1 as browsers read it. HTTP once gave it to every page without a charset, and servers still
do, so that a header that names it is no word against what the page says of itself (RFC 9110,
appendix B.3)."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page as text, without control characters."""

    text: str
    encoding: str
    is_binary: bool
    """True where the bytes are no text in any encoding."""
    flags: tuple[str, ...] = ()
    """text-undecodable: U+FFFD stands where bytes did not fit; encoding-disputed: header and page
    name different encodings, and the bytes could be either."""


def decoded(body: bytes, charset: str | None) -> Decoded:
    """The bytes as text; `charset` is what the HTTP header claims."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _cleaned(body[len(mark) :], encoding, ())
    claims = _claims(body, charset)
    for encoding in _candidates(body, claims):
        if not _fits(body, encoding, is_claimed=encoding in claims):
            continue
        is_disputed = encoding in claims and len({*claims} - {"utf-8"}) > 1
        return _cleaned(body, encoding, ("encoding-disputed",) if is_disputed else ())
    return _cleaned(body, _HTTP_DEFAULT, ())


def detected_encoding(sample: bytes) -> str | None:
    """The encoding of a text of single bytes and pairs that begins so; None where it is none."""
    for name in ("utf-8", *_detected(sample)):
        if not name.startswith(("utf-16", "utf-32")) and _fits(sample, name, is_claimed=False):
            return name
    return None


def _claims(body: bytes, charset: str | None) -> list[str]:
    """The encodings that header and page name, the one to believe first at the front."""
    declared = _META.search(body, 0, _HEAD_BYTES)
    header = _codec(charset or "")
    page = _codec(declared[1].decode("ascii") if declared else "")
    ordered = (page, header) if header == _HTTP_DEFAULT else (header, page)
    return list(dict.fromkeys(name for name in ordered if name))


def _candidates(body: bytes, claims: Sequence[str]) -> Iterator[str]:
    if any(name.startswith(("iso2022", "hz")) for name in claims) and body.isascii():
        yield from claims
    yield from (*_wide(body), "utf-8", *claims)
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


def _fits(body: bytes, encoding: str, *, is_claimed: bool) -> bool:
    """Whether the bytes are text in the encoding, but for a few.

    UTF-8 proves itself: letters of other encodings hardly ever make one of its sequences, so that
    as many sequences as bad bytes are enough. Others need nearly all bytes to fit, and so does
    UTF-8 that somebody claims of a page that is otherwise ASCII.
    """
    try:
        body.decode(encoding)
    except UnicodeError:
        pass
    else:
        return True
    try:
        text = body.decode(encoding, "replace")
    except UnicodeError:
        return False
    bad = text.count(_REPLACED)
    letters = len(text) - len(text.encode("ascii", "ignore"))
    if encoding == "utf-8" and letters - bad >= bad:
        return True
    return bad <= _MAX_BAD_SHARE * letters or (bad == 1 and is_claimed)


def _is_clean(body: bytes, text: str) -> bool:
    """Whether UTF-8 holds nothing unwanted: 20 times faster than to look at each character."""
    has_controls = len(body.translate(None, _CONTROLS)) < len(body)
    return not (has_controls or "\ufffe" in text or "\uffff" in text)


def _cleaned(body: bytes, encoding: str, flags: tuple[str, ...]) -> Decoded:
    try:
        text = body.decode(encoding)
    except UnicodeError:
        text = body.decode(encoding, "replace")
        flags = (*flags, "text-undecodable")
    if encoding == "utf-8" and _is_clean(body, text):
        return Decoded(text, encoding, False, flags)
    wanted = _UNWANTED.sub("", text)
    zeros = text.count("\0")
    controls = len(text) - len(wanted) - zeros
    return Decoded(wanted, encoding, controls > _MAX_CONTROL_SHARE * max(1, len(text)), flags)
