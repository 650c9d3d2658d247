"""Lines of a page that are no story: share and subscribe lines, links to other stories, notices."""

import re

from sources.languages.language_files import any_of

_NETWORKS = "facebook|twitter|whatsapp"
_SHARE = re.compile(
    rf"(?i)(?:(?:{any_of(lambda each: each.notices.share_openers)}) )?"
    rf"(?:{any_of(lambda each: each.notices.share)})"
    rf"(?: (?:{any_of(lambda each: each.notices.share_what)})\b[^.!?]{{0,40}})?[!:.]?"
    rf"|(?:{any_of(lambda each: each.notices.print_or_send)}|{_NETWORKS})"
    rf"(?:[ ,|/]{{1,3}}(?:{_NETWORKS}|telegram|linkedin|x"
    rf"|{any_of(lambda each: each.notices.print_or_mail)})){{0,8}}"
    rf"|(?:{any_of(lambda each: each.notices.follow)})\b.{{0,60}}"
    rf"\b(?:{_NETWORKS}|instagram|telegram|x|tiktok|youtube"
    rf"|{any_of(lambda each: each.notices.networks)})\b.{{0,40}}"
    rf"|(?:{any_of(lambda each: each.notices.adverts)})"
    rf"|(?:{any_of(lambda each: each.notices.read_more)})\W{{0,3}}"
    rf"|(?:{any_of(lambda each: each.notices.read_more_of)})\s?[:>»|–—-]\s?.{{1,200}}"
)
_SUBSCRIBE = re.compile(rf"(?i)(?:{any_of(lambda each: each.notices.subscribe)})\b.{{0,160}}")
_SUBSCRIBE_WORDS = re.compile(f"(?i){any_of(lambda each: each.notices.subscribe_words)}")
_CORRECTION = re.compile(rf"(?i)[(\[*_]{{0,3}}(?:{any_of(lambda each: each.notices.corrections)})")
NOTICES = (_SHARE, _SUBSCRIBE, _CORRECTION)
"""What any of these lines matches from its first character on."""


def is_share_line(line: str) -> bool:
    """True for lines that offer to share the page or lead to other pages.

    >>> is_share_line("SHARE THIS ARTICLE"), is_share_line("Share prices fell.")
    (True, False)
    """
    return len(line) <= 260 and _SHARE.fullmatch(line) is not None


def is_subscribe_line(line: str) -> bool:
    """True for lines that ask the reader to subscribe or sign up."""
    return (
        len(line) <= 200
        and _SUBSCRIBE.match(line) is not None
        and _SUBSCRIBE_WORDS.search(line) is not None
    )


def is_correction(line: str) -> bool:
    """True for lines that say the story was corrected or updated."""
    return len(line) <= 1_000 and _CORRECTION.match(line) is not None
