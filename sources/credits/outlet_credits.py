"""Credits that name where a text is from, in the wordings of the languages of our files.

A credit is a line of its own, or a sentence about `this article`; a sentence of the story that
names an outlet is none. A picture's credit never counts: its labels (`Image source:`, `图片来源`,
`사진 출처`) are no labels of a text, and every label here stands at the beginning of its line.
"""

import re
from collections.abc import Iterator

from sources.credits.agencies import AGENCIES, agencies_in, agency
from sources.credits.outlet_names import is_marked_outlet, outlet_name_in
from sources.languages.language_files import any_of, words_of_all

MAX_CREDIT_CHARS = 300
_MAX_LABELLED_CHARS = 140
_OPEN = r"[\s(\[（【*_–—-]{0,4}"
_LABEL = re.compile(
    rf"(?i){_OPEN}(?:"
    + any_of(lambda each: each.credits.source_labels)
    + r")\s?(?:[:：=＝]|\s[-–—]\s)\s?(?P<rest>.+)"
)
_WORKED_WITH = re.compile(
    rf"(?i){_OPEN}(?:"
    + any_of(lambda each: each.credits.worked_with)
    + r")\s?[:：]?\s?(?P<rest>.+)"
)
_PUBLISHED = re.compile(
    rf"(?i){_OPEN}(?:" + any_of(lambda each: each.credits.published) + r")\s?[:：]?\s?(?P<rest>.+)"
)
_NAME_FIRST = re.compile(any_of(lambda each: each.credits.name_first))
_REPORTED_FOR = re.compile(any_of(lambda each: each.credits.reported_for))
_REPORTED_FOR_MARKS = words_of_all(lambda each: each.credits.reported_for_marks)
_REPRINTED = re.compile(f"(?i){any_of(lambda each: each.credits.reprinted)}")
_MAX_OTHER_WORDS = 4
"""Beside agencies in a credit of them; what has more goes on as a sentence."""
_ARTICLES = "|".join(word.capitalize() for word in words_of_all(lambda each: each.outlets.articles))
_LOOKS_LIKE_OUTLET = re.compile(rf"(?:{_ARTICLES})\s?[A-Z]|[\w-]+(?:\.[\w-]+)+$")
_SEVERAL = re.compile(rf"\s?[,/;、]\s?|\s(?:&|{any_of(lambda each: each.credits.ands)})\s")
# A person may stand behind these, so that the name has to be an outlet's by its looks.
_WITH = re.compile(
    rf"(?i){_OPEN}(?:{any_of(lambda each: each.credits.with_words)})"
    r"\s(?P<rest>[^\n]{2,60}?)[)\]）.]?"
)
# All of them hold a letter that is not ASCII.
_NAMING = re.compile(any_of(lambda each: each.credits.name_first_marks))
OPENED = (_LABEL, _WORKED_WITH, _PUBLISHED, _WITH)
"""What a line that credits an outlet matches at its beginning, but for those of may_name."""


def may_name(line: str) -> bool:
    """False only where a line that nothing in OPENED may open credits nobody."""
    if any(mark in line for mark in _REPORTED_FOR_MARKS):
        return len(line) <= _MAX_LABELLED_CHARS
    return not line.isascii() and _NAMING.search(line) is not None


def credited(line: str, is_at_edge: bool) -> Iterator[str]:
    """The outlets and agencies that a line credits the text to, as written.

    Args:
        line: one line of a story.
        is_at_edge: it is among the first or last few lines, where labelled credits stand.
    """
    if len(line) > MAX_CREDIT_CHARS:
        return
    if is_at_edge and len(line) <= _MAX_LABELLED_CHARS:
        yield from _labelled(line)
    published = _PUBLISHED.match(line)
    is_origin = published is not None and not _is_reprint(line[: published.start("rest")])
    if published is not None and is_origin and (name := outlet_name_in(published["rest"])):
        yield name
    named = _NAME_FIRST.match(line)
    if named is not None and (name := outlet_name_in(_only_group(named))):
        yield name


def _only_group(match: re.Match[str]) -> str:
    """What the group of the one wording holds that matches."""
    return next(group for group in match.groups() if group)


def _is_reprint(opening: str) -> bool:
    """Whether a wording tells where the text was printed again, which credits nobody.

    >>> _is_reprint("This article was reprinted on "), _is_reprint("Republished from ")
    (True, False)
    """
    return _REPRINTED.search(opening) is not None


def _labelled(line: str) -> Iterator[str]:
    label = _LABEL.fullmatch(line) or _WORKED_WITH.fullmatch(line)
    if label is not None:
        yield from filter(_is_telling, _names(label["rest"]))
        return
    reported = _REPORTED_FOR.fullmatch(line)
    if reported is not None and (name := outlet_name_in(_only_group(reported))):
        yield name
        return
    helped = _WITH.fullmatch(line)
    if helped is not None and is_marked_outlet(helped["rest"]):
        yield helped["rest"]


def _is_telling(name: str) -> bool:
    """Whether a name behind a label is an outlet's by its looks; `CDC` is whose the figures are."""
    return (
        not name.isascii()
        or agency(name) is not None
        or is_marked_outlet(name)
        or _LOOKS_LIKE_OUTLET.match(name) is not None
    )


def _names(rest: str) -> Iterator[str]:
    """The names in `dpa, Northlight Press and ntv.de`: several where an agency is among them."""
    parts = [part for part in _SEVERAL.split(rest) if part]
    are_names = all(len(part.split()) <= _MAX_OTHER_WORDS for part in parts)
    if len(parts) > 1 and are_names and any(agency(part) for part in parts):
        for part in parts:
            if name := agency(part) or outlet_name_in(part):
                yield name
        return
    if len(parts) > 1 and are_names and rest.isascii() and "," in rest:
        return  # a list of whom the figures are from
    whole = outlet_name_in(rest)
    # a sentence goes on behind the name: no credit, but what somebody says
    if whole is not None and len(rest) - len(whole) <= 60:
        yield whole
    elif (agencies := agencies_in(rest)) and len(
        AGENCIES.sub(" ", rest).split()
    ) <= _MAX_OTHER_WORDS:
        yield from agencies
