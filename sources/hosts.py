"""Host names as the tables write them, and the domain each is registered under."""

import re
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

import idna

from sources.cache import cached_if_short

if TYPE_CHECKING:
    import tldextract

# Copies of a site for telephones and for AMP, not outlets of their own.
_SERVING_LABELS = ("www.", "amp.", "m.")
# Google's cache writes the host it serves as one label: dots as dashes, a dash as two of them.
_AMP_CACHE = ".cdn.ampproject.org"
# Every customer of these has a host of its own, and the list's private section lacks them.
_PLATFORMS = (
    *("wordpress.com", "substack.com", "medium.com", "tumblr.com", "livejournal.com"),
    *("typepad.com", "over-blog.com", "beehiiv.com", "blogspot.de", "blogspot.co.uk"),
)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
# More than a run has hosts: one host over, and going through them in order would never hit.
_KEPT_DOMAINS = 1 << 18
_MAX_HOST_CHARS = 253  # RFC 1035, section 2.3.4, less the root's dot


@cached_if_short(4_096)
def normal_host(raw: str) -> str | None:
    """The host in lower case as A-labels, without port, final dot, `www.`, `amp.` or `m.`.

    None where `raw` is no host name. An IPv6 address comes back without brackets.

    >>> normal_host("WWW.Brückenbote.de.:443")
    'xn--brckenbote-beb.de'
    """
    if len(raw) > 4 * _MAX_HOST_CHARS:
        return None
    host = raw.strip().lower()
    literal = _ip_literal(host)
    if literal is not None:
        return literal
    name = _a_labels(host.partition(":")[0].rstrip("."))
    return None if name is None else _without_serving_labels(_served_by_amp_cache(name))


def is_ip(host: str) -> bool:
    """True where a normal host is an IP address."""
    return _ip_literal(host) is not None


@lru_cache(maxsize=_KEPT_DOMAINS)
def registrable_domain(host: str) -> str:
    """The name under a public suffix that somebody registered; the host itself where there is none.

    By the Public Suffix List that ships with tldextract, never by the network. Its private suffixes
    count: two blogs at blogspot.com are no more one outlet than two sites under .com. Under a
    top-level domain that the list does not know its rule `*` holds: the last two labels.

    >>> registrable_domain("news.example.co.uk"), registrable_domain("news.post.example")
    ('example.co.uk', 'post.example')
    >>> registrable_domain("www.ferryman.blogspot.com")
    'ferryman.blogspot.com'
    """
    if is_ip(host):
        return host
    parts = _suffix_list().extract_str(host)
    if not parts.suffix:
        return ".".join(host.split(".")[-2:])
    return parts.top_domain_under_public_suffix or host


def has_public_suffix(host: str) -> bool:
    """True where the host lies under a suffix of the Public Suffix List, as a real one does."""
    return bool(_suffix_list().extract_str(host).top_domain_under_public_suffix)


def has_registrable_domain(host: str) -> bool:
    """False for an IP address, a name without dots and a public suffix, which nobody registered."""
    parts = _suffix_list().extract_str(host)
    is_under_unknown_suffix = not parts.suffix and "." in host and not is_ip(host)
    return bool(parts.top_domain_under_public_suffix) or is_under_unknown_suffix


@lru_cache(maxsize=1)
def _suffix_list() -> "tldextract.TLDExtract":
    import tldextract  # .2 s, as it imports requests; who only asks what was published needs none

    return tldextract.TLDExtract(
        cache_dir=None,
        suffix_list_urls=(),
        include_psl_private_domains=True,
        extra_suffixes=_PLATFORMS,
    )


def _ip_literal(host: str) -> str | None:
    inside = host[1:].partition("]")[0] if host.startswith("[") else host
    if inside.count(":") == 1:
        inside = inside.partition(":")[0]
    try:
        address = ip_address(inside.partition("%")[0].rstrip("."))
    except ValueError:
        return None
    return address.compressed if isinstance(address, IPv6Address) else str(address)


def _a_labels(name: str) -> str | None:
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode("ascii").lower().rstrip(".")
        except (idna.IDNAError, UnicodeError):
            return None
    labels = name.split(".")
    if len(name) > _MAX_HOST_CHARS or not all(_LABEL.fullmatch(label) for label in labels):
        return None
    return None if labels[-1].isdigit() else name


def _served_by_amp_cache(name: str) -> str:
    """The host that Google's AMP cache serves under a host of its own; other hosts as they are."""
    label = name.removesuffix(_AMP_CACHE)
    if label == name or "." in label or label.startswith("xn--"):
        return name
    served = "-".join(part.replace("-", ".") for part in label.split("--"))
    is_host = "." in served and not served.endswith(_AMP_CACHE) and _a_labels(served)
    return served if is_host else name


def _without_serving_labels(name: str) -> str:
    while name.startswith(_SERVING_LABELS) and registrable_domain(name) != name:
        rest = name.partition(".")[2]
        if "." not in rest:
            break
        name = rest
    return name
