"""Credits in a text's lines: which agency or outlet a story is from, and whose picture it shows.

A picture's credit says nothing of the text's origin, so the two are never mixed. Every pattern is
anchored or bounded, and lines are cut before they are matched: the work is linear.
"""

import re

from sources.credits.agencies import AGENCY, agencies_in

MAX_MATCHED_CHARS = 600

_ALONE = re.compile(
    rf"(?:[-–—*]\s?)?[(\[]?\s?(?:{AGENCY}[\s,;/&|+-]{{0,3}}"
    r"(?:\b(?:and|und|et|y|lno|lby|lnw)\b\s?)?){1,4}[)\]]?\s?[.*]?"
)
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
_SAYS = re.compile(
    r"(?i)\b(?:said|told|says|tells|sagt(?:e|en)?|erklärten?|berichtet(?:e|en)?|teilten?|hieß|erfuhr)\b"
)
_CONTRIBUTED = re.compile(r"(?i).{0,400}\bcontributed to this (?:report|story|article)")
_PICTURE = re.compile(
    r"(?i)(?<!\w)(?:photo(?:graph)?s?|fotos?|bild(?:er)?|images?|picture|pic|credits?|illustration)"
    r"(?:\s(?:by|credit|courtesy of|von))?\s?[:/©]\s?(?P<who>[^\n:]{2,80})"
    r"|photo(?:graph)? by (?P<by>[^\n:]{2,80})|©\s?(?P<c>[^\n:]{2,80})"
)
_PICTURE_TAG = re.compile(
    r"(?i)\((?P<who>[^()\n]{2,60}?)\s(?:photos?|fotos?|images?|file photo|pictures?)"
    r"(?:/[^()\n]{2,40})?\)"
    r"|(?:^|[\s(])(?P<ap>AP|AFP|Getty Images|Reuters|EPA|dpa)"
    r" ?(?:photo|foto|images?)?\s?/\s?[A-ZÀ-Þ]"
)
_STOCK = re.compile(
    r"(?<!\w)(?:Getty Images|GETTY IMAGES|Shutterstock|iStock(?:photo)?|Alamy|IMAGO|Imago|imago"
    r"|picture[ -]alliance|EPA(?:-EFE)?|Unsplash|Pixabay|Adobe Stock|Depositphotos|Wikimedia"
    r"(?: Commons)?)(?!\w)"
)
OPENED = (_ALONE, _WORK_OF)
"""What the lines of agencies_alone and agencies_at_work match at their beginning, but one kind."""


def names_contributor(line: str) -> bool:
    """False only where agencies_at_work finds nobody who `contributed to this report`."""
    # letters of which no other is a variant where case is ignored
    return "buted to th" in line.lower()


def agencies_alone(line: str) -> tuple[str, ...]:
    """The agencies where a line names nothing else, as the last line of a story does."""
    if len(line) > 120 or _ALONE.fullmatch(line) is None:
        return ()
    return agencies_in(line)


def agencies_at_work(line: str) -> tuple[str, ...]:
    """The agencies of `With reporting by ...`, `mit Material von ...` and the like."""
    if len(line) > MAX_MATCHED_CHARS or _SAYS.search(line):
        return ()
    is_told = _WORK_OF.match(line) or (names_contributor(line) and _CONTRIBUTED.match(line))
    return agencies_in(line) if is_told else ()


def without_picture_credit(caption: str) -> str:
    """The caption up to where its credit begins: a photographer is nobody in the picture."""
    caption = caption[:MAX_MATCHED_CHARS]
    found = (pattern.search(caption) for pattern in (_PICTURE_TAG, _PICTURE, _STOCK))
    return caption[: min((match.start() for match in found if match), default=len(caption))]


def picture_credits(line: str) -> tuple[str, ...]:
    """Whose picture a caption says it is: agencies by their name, others as written."""
    line = line[-MAX_MATCHED_CHARS:]
    found: list[str] = []
    for match in (*_PICTURE_TAG.finditer(line), *_PICTURE.finditer(line)):
        named = next(who for who in match.groups() if who).strip(" \t().,;|–—-\"'")
        found.extend(agencies_in(named) or ([named] if 1 < len(named) <= 60 else []))
    found.extend(match[0] for match in _STOCK.finditer(line))
    return tuple(dict.fromkeys(found))
