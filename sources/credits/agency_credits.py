"""Credits in a text's lines: which agency or outlet a story is from, and whose picture it shows.

A picture's credit says nothing of the text's origin, so the two are never mixed. Every pattern is
anchored or bounded, and lines are cut before they are matched: the work is linear.
"""

import re

from sources.credits.agencies import AGENCIES, AGENCY, agencies_in
from sources.languages.language_files import any_of, words_of_all

MAX_MATCHED_CHARS = 600

_REGIONAL = "lno|lby|lnw"
"""Signs of regional services of dpa beside its own."""
_ALONE = re.compile(
    rf"(?:[-–—*]\s?)?[(\[]?\s?(?:{AGENCY}[\s,;/&|+-]{{0,3}}"
    rf"(?:\b(?:{any_of(lambda each: each.credits.ands)}|{_REGIONAL})\b\s?)?){{1,4}}[)\]]?\s?[.*]?"
)
_NUMBERED = re.compile(rf"©?\s?[\w\s,./-]{{0,40}}\b{AGENCY}:\d[\d/-]{{5,24}}\.?")
"""An agency's own number of a story: `© dpa-infocom, dpa:260302-99-123456/3`."""
_RIGHTS = any_of(lambda each: each.credits.rights)
_WORK_OF = re.compile(
    rf"(?i)[(\[]?(?:{any_of(lambda each: each.credits.at_work)})"
    r"|(?:©|\(c\)|copyright)\s?(?:©\s?)?(?:\d{4}\s?)?(?:by\s)?"
    rf"(?=[^\s.][^.]{{1,40}}(?:\.|$)(?:\s(?:{_RIGHTS})|$))"
    rf"|[(\[]?(?:{any_of(lambda each: each.credits.with_agency)})\s?:?\s"
    r"(?=[^\s]{2,30}[)\].]?$)|©\s?(?=[^\s]{2,20}$)"
)
# Somebody says something to somebody: a sentence of the story.
_SAYS = re.compile(rf"(?i)\b(?:{any_of(lambda each: each.credits.said)})\b")
_CONTRIBUTED = re.compile(rf"(?i).{{0,400}}(?:{any_of(lambda each: each.credits.contributed)})")
# letters of which no other is a variant where case is ignored
_CONTRIBUTED_MARKS = words_of_all(lambda each: each.credits.contributed_marks)
_AT_END = re.compile(
    r"[.!?…。\"”“»'’]\s?(?:[–—-]{1,2}\s?|[(\[（]\s?|\s[/*|]?\s?|(?=[A-Za-z]))"
    r"(?P<who>[^().!?\[\]\"”“»]{2,40})[)\]）]?\s?[.*]?$"
)
_WORDS = re.compile(r"\w{2,}")
_MAX_END_CHARS = 60
_MAX_BESIDE = 3
"""Words beside an agency at the end: `FR mit dpa`."""
OPENED = (_ALONE, _WORK_OF)
"""What the lines of agencies_alone and agencies_at_work match at their beginning, but one kind."""


def names_contributor(line: str) -> bool:
    """False only where agencies_at_work finds nobody who `contributed to this report`."""
    lowered = line.lower()
    return any(mark in lowered for mark in _CONTRIBUTED_MARKS)


def agencies_alone(line: str) -> tuple[str, ...]:
    """The agencies where a line names nothing else, or their number of it, as last lines do."""
    if len(line) > 120 or not (_ALONE.fullmatch(line) or _NUMBERED.fullmatch(line)):
        return ()
    return agencies_in(line)


def agencies_at_end(line: str) -> tuple[str, ...]:
    """The agencies that close a story behind its last sentence: `... said. (FR mit dpa)`.

    >>> agencies_at_end("The regatta is due in August. — AFP"), agencies_at_end("He told AFP.")
    (('AFP',), ())
    """
    end = line[-_MAX_END_CHARS:]
    match = _AT_END.search(end)
    if match is None:
        return ()
    names = agencies_in(match["who"])
    rest = AGENCIES.sub(" ", match["who"])
    return names if len(_WORDS.findall(rest)) <= _MAX_BESIDE else ()


def agencies_at_work(line: str) -> tuple[str, ...]:
    """The agencies of `With reporting by ...`, `mit Material von ...` and the like."""
    if len(line) > MAX_MATCHED_CHARS or _SAYS.search(line):
        return ()
    is_told = _WORK_OF.match(line) or (names_contributor(line) and _CONTRIBUTED.match(line))
    return agencies_in(line) if is_told else ()
