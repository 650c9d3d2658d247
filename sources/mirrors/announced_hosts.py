"""Other addresses of an outlet that its page announces: `can also be accessed at ...`."""

import re
from collections.abc import Sequence

from sources.hosts import has_public_suffix, normal_host
from sources.languages.language_files import any_of, words_of_all
from sources.urls import host_of

_ANNOUNCES = re.compile(f"(?i){any_of(lambda each: each.mirrors.announces)}")
# One of them stands in whatever the pattern above finds.
_WORDS = words_of_all(lambda each: each.mirrors.announcing_words)
_HOST = re.compile(
    r"(?<![\w@./-])(?:https?://)?"
    r"((?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,5}[^\W\d_]{2,24})(?![\w@-])(?:/\S{0,100})?"
)
_DOTTED = re.compile(r"\.[^\W\d_]")  # in every host, and in few stories
_MAX_LINE_CHARS = 400
_MAX_FOLLOWING = 12


def announced_hosts(lines: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """The lines that announce other addresses, by their index, with the normal hosts they name.

    An announcement ends with a colon and is followed by lines of hosts, or names them itself.
    """
    announced: dict[int, tuple[str, ...]] = {}
    if _DOTTED.search("\n".join(lines)) is None:
        return announced
    for index, line in enumerate(lines):
        if index in announced or len(line) > _MAX_LINE_CHARS or not _announces(line):
            continue
        following = _host_lines(lines, index + 1)
        hosts = hosts_in(line)
        if following or hosts:
            announced[index] = hosts
            announced.update(following)
    return announced


def alternate_hosts(links: Sequence[tuple[str, str]], own: str | None) -> dict[str, str]:
    """Other hosts of a page's versions in other languages, each with the first link that names it.

    >>> alternate_hosts([("fr", "https://www.harbourpost.example/fr/a")], own="quay.example")
    {'harbourpost.example': 'fr https://www.harbourpost.example/fr/a'}
    """
    hosts: dict[str, str] = {}
    for language, address in links:
        host = host_of(address)
        if host and host != own:
            hosts.setdefault(host, f"{language} {address}")
    return hosts


def _announces(text: str) -> bool:
    return _may_announce(text) and _ANNOUNCES.search(text) is not None


def _may_announce(text: str) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in _WORDS)


def hosts_in(line: str) -> tuple[str, ...]:
    """The normal hosts a line names that lie under a public suffix, each once."""
    named = (normal_host(match[1]) for match in _HOST.finditer(line[:_MAX_LINE_CHARS]))
    return tuple(dict.fromkeys(host for host in named if host and has_public_suffix(host)))


def with_sentence(lines: Sequence[str], index: int) -> str:
    """The line of a host, after the sentence above it that announces it."""
    for above in range(index, max(-1, index - _MAX_FOLLOWING), -1):
        if _announces(lines[above]):
            return lines[index] if above == index else f"{lines[above]} {lines[index]}"
    return lines[index]


def _host_lines(lines: Sequence[str], start: int) -> dict[int, tuple[str, ...]]:
    hosts_by_line: dict[int, tuple[str, ...]] = {}
    for index in range(start, min(len(lines), start + _MAX_FOLLOWING)):
        line = lines[index].strip(" \t-•*·")
        match = _HOST.fullmatch(line)
        host = normal_host(match[1]) if match else None
        if host is None:
            break
        hosts_by_line[index] = (host,)
    return hosts_by_line
