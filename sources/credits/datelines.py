"""Where and by whom a report was filed, as the beginning of its first line says.

Agencies in brackets or behind a slash, before the text: `GENEVA (AFP) —`, `МОСКВА, 5 мар - РИА
Новости.`, `МОСКВА, 5 марта. /ТАСС/.`, `(ANSA) - ROMA -`, `新华社北京3月5日电`, `(서울=연합뉴스)`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sources.credits.agencies import AGENCY, agencies_in
from sources.credits.outlet_names import is_marked_outlet, is_outlet_name
from sources.languages.language_files import any_of, words_of_all

_MAX_CHARS = 140
_MAX_PLACE_WORDS = 6
"""`Sidi Bel Abbès, Algeria`; longer ones tell of something."""
_BRACKETED = re.compile(
    r"(?P<place>[^\W\d_][^()\n:;!?]{1,60}?)[,.]?\s?"
    r"(?:[-–—/]\s?)?[(（](?P<tags>[^()（）\n]{2,48})[)）]\s?\.?\s?(?:[-–—:]{1,2}"
    r"|[\"”\u0096\u0097\ufffd])\s"
)
_SLASHED = re.compile(
    rf"(?P<place>[^\W\d_][^()\n:;!?/]{{1,60}}?)[,.]?\s?/(?P<tags>{AGENCY})/\s?[.:–—-]\s?"
)
_DASHED = re.compile(
    rf"(?P<place>[A-ZÀ-ÞА-ЯЁІЇЄҐ][^()\n:;!?]{{2,40}}?),?\s\d{{1,2}}(?:\s[^\W\d_]{{3,9}}\.?)?"
    rf"(?:,|\s?[-–—./])\s?(?P<tags>{AGENCY})\s?[.–—:/-]\s?"
)
_CAPITALS = r"[A-ZÀ-ÞА-ЯЁІЇЄҐ][A-ZÀ-ÞА-ЯЁІЇЄҐ '’.-]{2,40}"
# A place in capitals, or with a day, and an agency we know: what parts them from the text may be
# any mark, and none behind brackets where the text begins with a capital or a sign.
_PLACED = re.compile(
    rf"(?P<place>{_CAPITALS}?)(?:,\s?|\s?[-–—]\s?)(?P<tags>{AGENCY})\s?[-–—:]\s"
    rf"|(?P<place2>[A-ZÀ-ÞА-ЯЁІЇЄҐ][^()\n:;!?]{{1,60}}?)\s?[(（](?P<tags2>{AGENCY})[)）]\s(?![a-zà-ÿ])"
)
# Without brackets a colon is a label's (`AP: that is what ...`), and what goes on in small letters
# is about the agency (`Reuters – the agency ...`).
_TAG_FIRST = re.compile(
    rf"\((?P<tags>{AGENCY}(?:\s?/\s?\w{{2,12}})?)\)(?:\s?\.?[-–—:]\s|\.?\s(?![a-zà-ÿ]))"
    rf"|(?P<tags2>{AGENCY}(?:\s?/\s?\w{{2,12}})?)\s?\.?[-–—]\s(?![a-zà-ÿ])"
)
_WRITTEN_OTHERWISE = re.compile(
    any_of(lambda each: each.credits.datelines).replace("<agency>", f"({AGENCY})")
)
"""Of languages in whose files they stand, as in `新华社北京3月5日电`."""
_LANGUAGE_MARKS = words_of_all(lambda each: each.credits.dateline_marks)
_BARE = re.compile(r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ '’.-]{2,40}(?:, [A-Z][\w. ]{1,20})?)\s?[—–]\s")
# A day in a dateline says that what stands before the bracket is one: `Madrid, 5 mar`.
_DAY = re.compile(
    r",\s(?:[^\W\d_]{3,10}\.?\s)?\d{1,2}\.?(?:\s(?:de\s)?[^\W\d_]{3,10}\.?)?(?:,?\s\d{4})?$"
)
# Parties, marks of a desk, and days: `CORRECTION (March 3):`.
_NO_NAME = re.compile(
    r"(?i)\w{3,10}\.? \d{1,2}(?:, \d{4})?|\d.*"
    rf"|{any_of(lambda each: each.credits.not_filed_by)}"
)
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:-?(?:TV|FM|AM|DT))?")
"""Of a station in North America, which names itself in its datelines."""
_WITH_MARKS: tuple[tuple[re.Pattern[str], Sequence[str]], ...] = (
    *((_BRACKETED, "(（"), (_SLASHED, "/"), (_DASHED, ("",)), (_TAG_FIRST, "-–—:)")),
    (_PLACED, ("",)),
    (_WRITTEN_OTHERWISE, _LANGUAGE_MARKS),
)
"""Each with what stands in all that it matches, one of them: looking for that costs less."""
_MARKS = re.compile("[(（［\\[【/—–日]")
_MARK_WORDS = tuple(mark for mark in _LANGUAGE_MARKS if len(mark) > 1)
_DAY_SOON = re.compile(r"\D{0,48}+\d")  # as in `МОСКВА, 5 мар`
OPENED = (_TAG_FIRST,)
"""What a line with a dateline matches at its beginning, but for those of may_file."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and by whom a report was filed."""

    text: str
    agencies: tuple[str, ...]
    outlet: str | None = None
    """A name in brackets that is no agency's we know: a small agency, or another outlet."""


def may_file(line: str) -> bool:
    """False only where a line that nothing in OPENED may open has no dateline."""
    head = line[:_MAX_CHARS]
    is_marked = _MARKS.search(head) is not None or any(mark in head for mark in _MARK_WORDS)
    return is_marked or head[:3].isupper() or _DAY_SOON.match(head) is not None


def dateline(line: str) -> Dateline | None:
    """What stands before the text's first words; None where it begins with them."""
    head = line[:_MAX_CHARS]
    for pattern, marks in _WITH_MARKS:
        if not any(mark in head for mark in marks) or (match := pattern.match(head)) is None:
            continue
        place, tags = _place_and_tags(match)
        names = () if _is_name_of(place, tags) else agencies_in(tags)
        if names and (pattern is not _PLACED or _is_place(place or "")):
            return Dateline(match[0].strip(), names)
        if pattern is _BRACKETED and _is_filed_by(match["place"], tags):
            return Dateline(match[0].strip(), (), tags.strip())
    bare = _BARE.match(head)
    return None if bare is None else Dateline(bare[0].strip(), ())


def _place_and_tags(match: re.Match[str]) -> tuple[str | None, str]:
    """The place, None where there is none, and who filed the report, both as written."""
    groups = match.groupdict()
    place = groups.get("place") or groups.get("place2")
    written = (groups.get("tags"), groups.get("tags2"), *match.groups())
    return place, next(tags for tags in written if tags)


def _is_name_of(place: str | None, tag: str) -> bool:
    """Whether what stands before the bracket is no place but what the tag is short for.

    >>> _is_name_of("The Automobile Association", "AA"), _is_name_of("NEW YORK", "AP")
    (True, False)
    """
    if place is None or place.upper() == place:
        return False
    initials = "".join(part[0] for part in re.findall(r"\w+", place) if part[0].isupper())
    is_short = tag.strip().casefold() in initials.casefold() and len(tag.strip()) > 1
    return is_short or bool(agencies_in(place))


def _is_place(written: str) -> bool:
    """Whether it is a place by its capitals or its day, and no mark of a desk: `UPDATE — AP: ...`.

    >>> _is_place("NEW YORK"), _is_place("Delhi, Mar 2"), _is_place("Delhi"), _is_place("LIVE")
    (True, True, True, False)
    >>> _is_place("Officers of the police")
    False
    """
    town = _DAY.sub("", written)
    if _NO_NAME.fullmatch(town.strip()):
        return False
    # particles of names of places are small: `Rio de Janeiro`
    words = re.findall(r"[^\W\d_]+", town)
    small = sum(word[0].islower() for word in words)
    return 0 < len(words) <= _MAX_PLACE_WORDS and small <= 1 and 2 * small < len(words)


def _is_filed_by(place: str, name: str) -> bool:
    """Whether brackets behind a place name an outlet, and not a party or an age.

    The place is in capitals or has a day, or the name is one that outlets bear.
    """
    if (
        _NO_NAME.fullmatch(name.strip())
        or _CALL_SIGN.fullmatch(name.strip())
        or not is_outlet_name(name)
    ):
        return False
    town = _DAY.sub("", place).partition(",")[0]
    is_in_capitals = len(town) > 2 and town.upper() == town and town.lower() != town
    if is_in_capitals or (_DAY.search(place) and _is_place(place)):
        return True
    return len(town.split()) <= 4 and is_marked_outlet(name)
