"""What a plain script would say: trafilatura's metadata, key words, digits, the first date."""

import re
from collections.abc import Sequence
from typing import Any

from schemas.member import Member

AGENCIES = {
    "AP": r"\bAP\b|Associated Press",
    "Reuters": "Reuters",
    "AFP": r"\bAFP\b|Agence France-Presse",
    "dpa": r"\bdpa\b",
    "epd": r"\bepd\b",
}
_OUTLET = re.compile(
    r"(?i)(?:source|quelle|originally published|zuerst|from|von|by)\W+(.{3,40}?)[.)]?$"
)
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")


def metadata(html: str, url: str) -> Any:
    """trafilatura's document of the page; None where it finds no text."""
    from trafilatura import bare_extraction

    return bare_extraction(html, url=url, with_metadata=True)


def wires(text: str) -> set[str]:
    """Every agency that is named anywhere."""
    return {name for name, pattern in AGENCIES.items() if re.search(pattern, text)}


def outlets(text: str) -> set[str]:
    """What follows a word such as `source` in the last line."""
    match = _OUTLET.search(text.strip().rpartition("\n")[2])
    return {match[1].strip()} if match else set()


def is_corrected(text: str) -> bool:
    """Whether a word such as `corrected` stands anywhere."""
    return re.search(r"(?i)correct|amended|updated|korrig|korrektur|aktualisiert", text) is not None


def place(text: str) -> str | None:
    """What stands before the first bracket or dash of the text, where that is short."""
    head = re.split(r"[(–—-]", text[:120], maxsplit=1)[0]
    return head.strip(" ,.") if 2 < len(head) < 40 else None


def numbers_that_differ(left: str, right: str) -> set[frozenset[str]]:
    """Numbers of one text that the other lacks, paired in their order."""
    own, other = (_NUMBER.findall(text) for text in (left, right))
    lost = [number for number in own if number not in other]
    new = [number for number in other if number not in own]
    return {
        frozenset([re.sub("[.,]", "", a), re.sub("[.,]", "", b)])
        for a, b in zip(lost, new, strict=False)
    }


def first(members: Sequence[Member]) -> str | None:
    """The earliest claimed date, whatever it is worth."""
    dated = [member for member in members if member.claimed_at]
    return min(dated, key=lambda member: str(member.claimed_at)).article_id if dated else None
