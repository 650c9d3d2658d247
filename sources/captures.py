"""Captures: pages of an outlet as a web archive, a cache or a translation proxy serves them.

A capture is a page of the outlet whose address it holds, and the time of the capture is a fetch.
Only services of a table (url_rules.toml, and what a user adds to it) are believed, for anybody can
write an address that ends in another's.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from sources.cache import cached_if_short
from sources.hosts import normal_host
from sources.url_rules import SHIPPED, AddressRules, capturing_services

MOST_NESTED = 3
"""Captures of captures."""
_MAX_URL_CHARS = 8_192
_SCHEME = re.compile(r"(?i)(https?):/*")
_DIGITS = re.compile(r"\d+")
_FORMS = {14: "%Y%m%d%H%M%S", 12: "%Y%m%d%H%M", 10: "%Y%m%d%H", 8: "%Y%m%d"}


@dataclass(frozen=True, slots=True)
class PageAddress:
    """Whose page an address leads to."""

    url: str | None
    """The outlet's own address; None where a capture does not say whose page it is."""
    captured_by: str | None = None
    """The service that served it, where it is a capture."""
    captured_at: datetime | None = None
    """When, as far as its address says."""


@dataclass(frozen=True, slots=True)
class _Service:
    name: str
    hosts: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    suffix: str | None
    """Of hosts whose name holds the host that they serve."""
    is_only_where_matched: bool
    """Its other addresses are pages of its own."""


@cached_if_short(1_024)
def page_address(url: str, rules: AddressRules = SHIPPED) -> PageAddress:
    """Returns the outlet's own address of a page, and how it was captured if it was.

    >>> page_address("https://web.archive.org/web/20260302093000/https://quay.example/a").url
    'https://quay.example/a'
    """
    address = PageAddress(url)
    for _ in range(MOST_NESTED):
        inner = _captured(address.url, rules) if address.url else None
        if inner is None:
            break
        by = address.captured_by or inner.captured_by
        address = PageAddress(inner.url, by, inner.captured_at or address.captured_at)
    return address


def _captured(url: str, rules: AddressRules) -> PageAddress | None:
    """What a capture holds; None for an address that is none of one."""
    if len(url) > _MAX_URL_CHARS:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    for service in _services(rules):
        if service.suffix and host.endswith(service.suffix):
            served = served_host(host, service.suffix)
            rest = f"{parts.path}?{parts.query}" if parts.query else parts.path
            if served and parts.path[:3] not in ("/c/", "/v/", "/s/"):
                return PageAddress(f"https://{served}{rest}", service.name)
        elif not any(host == entry or host.endswith(f".{entry}") for entry in service.hosts):
            continue
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        for pattern in service.patterns:
            if (match := pattern.fullmatch(target)) is not None:
                return _held(match, service)
        if service.patterns and not service.is_only_where_matched:
            return PageAddress(None, service.name)
    return None


def served_host(host: str, suffix: str) -> str | None:
    """The host that a label before `suffix` holds: its dots are dashes there, dashes two of them.

    >>> served_host("www-harbour--post-example.translate.goog", ".translate.goog")
    'www.harbour-post.example'
    """
    label = host.removesuffix(suffix)
    if label == host or "." in label or label.startswith("xn--"):
        return None
    served = "-".join(part.replace("-", ".") for part in label.split("--"))
    return served if "." in served and normal_host(served) else None


def _held(match: re.Match[str], service: _Service) -> PageAddress:
    groups = match.groupdict()
    url = groups.get("url") or ""
    if "://" not in url and "%" in url:
        url = unquote(url)
    scheme = _SCHEME.match(url)
    url = f"{scheme[1]}://{url[scheme.end() :]}" if scheme else f"https://{url}"
    return PageAddress(url, service.name, _moment(groups.get("time") or ""))


def _moment(written: str) -> datetime | None:
    digits = "".join(_DIGITS.findall(written))
    form = _FORMS.get(len(digits))
    try:
        return datetime.strptime(digits, form).replace(tzinfo=UTC) if form else None
    except ValueError:
        return None


@lru_cache(maxsize=8)
def _services(rules: AddressRules) -> tuple[_Service, ...]:
    services = [_service(entry) for entry in capturing_services(rules)]
    # a host's name says more than the domain that it lies under
    return tuple(sorted(services, key=lambda entry: entry.suffix is None))


def _service(entry: Mapping[str, Any]) -> _Service:
    patterns: Sequence[str] = entry.get("patterns", ())
    return _Service(
        entry["name"],
        tuple(entry.get("hosts", ())),
        tuple(re.compile(entry) for entry in patterns),
        entry.get("suffix"),
        bool(entry.get("only_where_matched")),
    )
