"""Credits in a text's lines: which agency or outlet a story is from, and whose picture it shows.

A picture's credit says nothing of the text's origin, so the two are never mixed. Every pattern is
anchored or bounded, and lines are cut before they are matched: the work is linear.
"""

import re

from sources.credits.agencies import AGENCIES, AGENCY, agencies_in
from sources.languages.language_files import any_of

MAX_MATCHED_CHARS = 600

_ALONE = re.compile(
    rf"(?:[-–—*]\s?)?[(\[]?\s?(?:{AGENCY}[\s,;/&|+-]{{0,3}}"
    r"(?:\b(?:and|und|et|y|lno|lby|lnw)\b\s?)?){1,4}[)\]]?\s?[.*]?"
)
_NUMBERED = re.compile(rf"©?\s?[\w\s,./-]{{0,40}}\b{AGENCY}:\d[\d/-]{{5,24}}\.?")
"""An agency's own number of a story: `© dpa-infocom, dpa:260302-99-123456/3`."""
_WORK_OF = re.compile(
    r"(?i)[(\[—–-]?\s?(?:with )?(?:additional )?"
    r"(?:reporting|inputs?|files?|material|contributions?)\s(?:by|from|von)\b"
    r"|[(\[]?(?:mit|unter verwendung von)\s(?:agentur)?(?:material|informationen)\b"
    r"|(?:©|\(c\)|copyright)\s?(?:©\s?)?(?:\d{4}\s?)?(?:by\s)?"
    r"(?=[^\s.][^.]{1,40}(?:\.|$)(?:\sall rights|\salle rechte|\stous droits|$))"
    r"|[(\[]?(?:avec|con|mit|com|med|source|sources|quelle|quellen|via)\s?:?\s"
    r"(?=[^\s]{2,30}[)\].]?$)|©\s?(?=[^\s]{2,20}$)"
    r"|[(\[]?this (?:story|article|report) (?:was|is) (?:provided|produced|supplied|written) by"
)
# Somebody says something to somebody: a sentence of the story.
_SAYS = re.compile(rf"(?i)\b(?:{any_of(lambda each: each.credits.said)})\b")
_CONTRIBUTED = re.compile(r"(?i).{0,400}\bcontributed to this (?:report|story|article)")
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
    # letters of which no other is a variant where case is ignored
    return "buted to th" in line.lower()


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
    found = _AT_END.search(end)
    if found is None:
        return ()
    names = agencies_in(found["who"])
    rest = AGENCIES.sub(" ", found["who"])
    return names if len(_WORDS.findall(rest)) <= _MAX_BESIDE else ()


def agencies_at_work(line: str) -> tuple[str, ...]:
    """The agencies of `With reporting by ...`, `mit Material von ...` and the like."""
    if len(line) > MAX_MATCHED_CHARS or _SAYS.search(line):
        return ()
    is_told = _WORK_OF.match(line) or (names_contributor(line) and _CONTRIBUTED.match(line))
    return agencies_in(line) if is_told else ()
