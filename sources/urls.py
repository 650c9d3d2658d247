"""Addresses of pages: what may be published of them, and the form in which they are compared.

The path and query follow RFC 3986, section 6.2.2 (case, percent encoding, dot segments).
"""

import re
from collections.abc import Sequence
from hashlib import blake2b
from urllib.parse import SplitResult, urlsplit

from sources.cache import cached_if_short
from sources.hosts import normal_host
from sources.url_rules import (
    SHIPPED,
    AddressRules,
    dropped_parameters,
    dropped_values,
    path_forms,
)

MAX_URL_CHARS = 8_192
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SPECIAL = re.compile(r"(?P<scheme>https?):[/\\]*", re.I)
_AUTHORITY = re.compile(
    r"(?P<before>\s*(?:https?:[/\\]*|[a-z][a-z0-9+.-]*://|//))(?P<authority>[^/?#\\]*)", re.I
)
_HOST_AND_PORT = re.compile(r"(?:\[[0-9a-f:.]+\]|[^:@\s]+)(?::\d{0,5})?", re.I)
_BLANK = "".join(map(chr, range(0x21)))
_NOTHING = {ord(character): None for character in "\t\n\r"}
_BARE_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?::\d{1,5})?/|www\.[^\s/]+$", re.I)
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT = _UNRESERVED | frozenset(b"!$&'()*+,;=:@/?")
_ENCODED = re.compile(rb"%([0-9A-Fa-f]{2})|(.)", re.DOTALL)
_PLAIN = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/?-]*")
"""Of characters that are kept alone, none of them percent-encoded."""


def public_url(url: str) -> str:
    """The address as it was given, less user and password.

    Of one that browsers refuse, what stands before its last @ is gone: there the password may be.

    >>> public_url("https://reader:secret@example.com/a?b=c@d")
    'https://example.com/a?b=c@d'
    >>> public_url("https://reader:se/cret@example.com/a")
    'https://example.com/a'
    """
    if "@" not in url:
        return url
    match = _AUTHORITY.match(url)
    if match is None:
        return url.rpartition("@")[2] if ":" in url.partition("@")[0] and "//" in url else url
    host = match["authority"].rpartition("@")[2]
    rest = url[match.end() :]
    if "@" in rest and not _HOST_AND_PORT.fullmatch(host):
        return match["before"] + rest.rpartition("@")[2]
    return match["before"] + host + rest


def with_scheme(url: str) -> str:
    """The address, with https: where it names a host and no scheme.

    >>> with_scheme("example.com/a"), with_scheme("//example.com/a"), with_scheme("story.html")
    ('https://example.com/a', 'https://example.com/a', 'story.html')
    """
    if url.startswith("//"):
        return "https:" + url
    return "https://" + url if _BARE_HOST.match(url) else url


# An article's address is asked for by each step that meets it.
@cached_if_short(1_024)
def canonical_url(url: str, rules: AddressRules = SHIPPED) -> str | None:
    """The normalised address, or None where `url` is no http or https address.

    One form for all addresses that lead to one page: https, a normal host (sources.hosts), no
    default port, fragment, slash at the end, or anything that url_rules.toml or `rules` list; the
    rest of the query sorted, dot segments resolved.

    >>> canonical_url("HTTP://www.Example.com:80/a/../b/amp/?utm_source=x&id=7#top")
    'https://example.com/b?id=7'
    """
    parts = _split(url)
    if parts is None:
        return None
    host = normal_host(parts.netloc.rpartition("@")[2])
    port = _port(parts)
    if host is None or port is None:
        return None
    authority = f"[{host}]" if ":" in host else host
    suffix = f":{port}" if port and port not in _DEFAULT_PORTS.values() else ""
    query = _query(parts.query, rules)
    return f"https://{authority}{suffix}{_path(parts.path, rules)}{'?' if query else ''}{query}"


@cached_if_short(1_024)
def host_of(url: str) -> str | None:
    """The normal host of an http or https address, None where it has none."""
    parts = _split(url)
    if parts is None:
        return None
    return normal_host(parts.netloc.rpartition("@")[2])


def article_id(canonical: str, text: str) -> str:
    """16 hexadecimal digits from the normalised address and the text.

    Where there is no address, `canonical` is `input#position`.
    """
    digest = blake2b(canonical.encode("utf-8", "surrogatepass"), digest_size=8)
    digest.update(b"\0")
    digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


# Most addresses are normal as they are given, and are split again for their host.
@cached_if_short(1_024)
def _split(url: str) -> SplitResult | None:
    if len(url) > MAX_URL_CHARS:
        return None
    try:
        parts = urlsplit(_as_browsers_split(url))
    except ValueError:  # a bracket that does not close, or a host no RFC allows
        return None
    return parts if parts.scheme in _DEFAULT_PORTS and parts.netloc else None


def _as_browsers_split(url: str) -> str:
    """The address with its parts where browsers see them (WHATWG URL, section 4.4).

    A backslash is a slash before the query, any number of them stand before the host, and line ends
    and tabs are nothing.
    """
    url = url.strip(_BLANK).translate(_NOTHING)
    match = _SPECIAL.match(url)
    if match is None:
        return url
    end = min((at for mark in "?#" if (at := url.find(mark, match.end())) >= 0), default=len(url))
    path = url[match.end() : end].replace("\\", "/")
    return f"{match['scheme'].lower()}://{path}{url[end:]}"


def _port(parts: SplitResult) -> int | None:
    """The port, 0 where none is written, None where it is no port."""
    try:
        return parts.port or 0
    except ValueError:
        return None


def _path(path: str, rules: AddressRules) -> str:
    """The path less dot segments, a slash at its end, and what asks for another form of a page."""
    parts: list[str] = []
    for segment in _encoded(path).split("/")[1:]:
        if segment == "..":
            del parts[-1:]
        elif segment != ".":
            parts.append(_without_session(segment, rules))
    forms, endings = path_forms(rules)
    while parts:  # until nothing goes: `/a/amp/amp.amp/`
        before = list(parts)
        if not parts[-1] or (len(parts) > 1 and parts[-1].lower() in forms):
            del parts[-1]
        elif len(parts) > 1 and parts[0].lower() in forms:
            del parts[0]
        else:
            parts[-1] = _without_ending(parts[-1], endings)
        if parts == before:
            break
    return "/" + "/".join(parts)


def _without_session(segment: str, rules: AddressRules) -> str:
    name, semicolon, parameters = segment.partition(";")
    left = [
        parameter
        for parameter in parameters.split(";")
        if parameter and not _is_dropped(parameter, rules)
    ]
    return ";".join([name, *left]) if semicolon else segment


def _without_ending(segment: str, endings: Sequence[str]) -> str:
    """A file's name without an ending such as `.amp`, before or in place of its suffix."""
    stem, dot, suffix = segment.rpartition(".")
    for ending in endings:
        if segment.lower().endswith(ending) and len(segment) > len(ending):
            return segment[: -len(ending)]
        if dot and stem.lower().endswith(ending) and len(stem) > len(ending):
            return f"{stem[: -len(ending)]}.{suffix}"
    return segment


def _is_dropped(parameter: str, rules: AddressRules) -> bool:
    lowered = parameter.lower()
    name = lowered.partition("=")[0]
    names, values = dropped_parameters(rules), dropped_values(rules)
    return bool(names.fullmatch(name) or values.fullmatch(lowered))


def _query(query: str, rules: AddressRules) -> str:
    if not query:
        return ""
    return "&".join(
        sorted(
            parameter
            for parameter in _encoded(query).split("&")
            if parameter and not _is_dropped(parameter, rules)
        )
    )


def _encoded(text: str) -> str:
    """Percent encoding with capital digits where it is needed and only there."""
    if _PLAIN.fullmatch(text):
        return text
    return _ENCODED.sub(_one_byte, text.encode("utf-8", "replace")).decode("ascii")


def _one_byte(match: re.Match[bytes]) -> bytes:
    escaped, plain = match.groups()
    if escaped is not None:
        byte = int(escaped, 16)
        return bytes([byte]) if byte in _UNRESERVED else b"%%%02X" % byte
    return plain if plain[0] in _KEPT else b"%%%02X" % plain[0]
