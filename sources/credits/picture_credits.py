"""Whose picture a caption says it is, and what is left of the caption as words about the picture.

A picture's credit is no credit of the text. Its forms: a label (`Photo: ...`, in some thirty
languages), a mark (`© ...`), an agency or an archive of pictures at the end (`Ann Lee/AFP`, `(AP)`,
`via Getty Images`), or an element that the page itself names after credits.
"""

import re

from sources.credits.agencies import AGENCIES, agencies_in
from sources.languages.language_files import any_of, words_of_all

_MAX_CHARS = 600
_MAX_CREDIT_CHARS = 80
_LABELS = f"(?:{any_of(lambda each: each.pictures.labels)})"
_SOURCES = f"(?:{any_of(lambda each: each.pictures.sources)})"
_NOUNS = any_of(lambda each: each.pictures.label_nouns)
_SUBJECTS = any_of(lambda each: each.pictures.subjects)
_LABELLED = re.compile(
    rf"(?i)(?<!\w)(?:(?:{_LABELS}(?:\s(?:{_NOUNS}))?"
    rf"(?:\s(?:{any_of(lambda each: each.pictures.by)}))?\s?[:：/©|]\s?){{1,3}}"
    rf"|(?:{_SUBJECTS})\s?{_SOURCES}\s?[:,]\s?"
    rf"|(?:{any_of(lambda each: each.pictures.nouns)})"
    rf" (?:{any_of(lambda each: each.pictures.by_whom)})\s"
    rf"|(?:{any_of(lambda each: each.pictures.openings)})\s)(?P<who>[^\n:]{{2,90}})"
    r"|(?:©|\(c\)|copyright)\s?(?:©\s?)?(?:by\s)?(?P<c>[^\n:]{2,90})"
)
_TAGGED = re.compile(
    rf"(?i)\((?P<who>[^()\n]{{2,60}}?)\s(?:{any_of(lambda each: each.pictures.behind_name)})"
    r"(?:/(?P<by>[^()\n]{2,60}))?\)"
    r"|(?:^|[\s(])(?P<ap>(?-i:AP|AFP|Getty Images|Reuters|REUTERS|EPA|dpa))"
    rf" ?(?:{any_of(lambda each: each.pictures.beside_slash)})?\s?/\s?(?=[A-ZÀ-Þ])"
)
_STOCK_NAMES = (
    r"Getty(?: Images)?|GETTY(?: IMAGES)?|Shutterstock|i[Ss]tock(?:photo)?|Alamy(?: Stock Photo)?"
    r"|IMAGO|Imago|imago(?: images)?|picture[ -]alliance|EPA(?:-EFE)?|Unsplash|Pixabay|Pexels"
    r"|Adobe Stock|AdobeStock|Depositphotos|Wikimedia(?: Commons)?|Bloomberg|Scanpix|Twenty20|ZUMA"
    r"|Zuma(?: Press)?|WireImage|NurPhoto|Keystone|Anadolu|Télam|Andina|Aton|Agência Brasil|MTI"
)
_STOCK = re.compile(rf"(?<!\w)(?:{_STOCK_NAMES})(?!\w)")
_PARTING = re.compile(r"(?<=\w\w\w[.!?…])[\"”»]?\s?(?=\S)|\s[-–—|]\s|[(\[]")
"""What a credit at the end stands behind: a sentence, a dash, a bracket; no initial's full stop."""
_CLOSED = re.compile(r"[)\]](?=\s+\w)")
"""A bracket that was opened before the credit, with other words behind it."""
_MAX_CREDIT_WORDS = 9
_CAPITAL = re.compile(r"[@A-ZÀ-ÞА-ЯЁΑ-Ω\d&]")
_LINKING = frozenset(words_of_all(lambda each: each.pictures.linking))
_ON_BEHALF = words_of_all(lambda each: each.pictures.on_behalf)
_ANYBODY = re.compile(rf"(?i)[(\[]?(?:{any_of(lambda each: each.pictures.anybody)})[)\].]?")
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:-(?:TV|FM|AM|DT))?")
_RIGHTS_LABELS = any_of(lambda each: each.pictures.rights_labels)
_LEADING_BY = any_of(lambda each: each.pictures.leading_by)
_LEADING_LABEL = re.compile(
    rf"(?i)^\W*(?:(?:{_SUBJECTS})?\s?(?:{_LABELS}|{_SOURCES}|{_RIGHTS_LABELS})"
    rf"(?:\s(?:{_NOUNS}|{_LEADING_BY}))?\s?[:,/©|]\s?"
    rf"|(?:{any_of(lambda each: each.pictures.leading)})\s|©\s?)+"
)
_RIGHTS = re.compile(
    rf"(?i){any_of(lambda each: (*each.credits.rights, *each.pictures.rights))}"
    r"|^\s?(?:19|20)\d\d\b|\b(?:gmbh|ltd|inc|llc|s\.?p\.?a)\b\.?$"
)
_EDGES = " \t().,;|–—-\"'“”[]/:"


def picture_credits(line: str) -> tuple[str, ...]:
    """Whose picture a line says it is, by a label, a mark or an archive of pictures.

    Agencies by their name, others as written. A name alone at the end of a line is none: the text
    may be the agency's.
    """
    text = line[-_MAX_CHARS:]
    _, credits = _labelled(text)
    return tuple(dict.fromkeys((*credits, *(match[0] for match in _STOCK.finditer(text)))))


def without_picture_credit(caption: str) -> str:
    """The caption up to where its credit begins: a photographer is nobody in the picture."""
    return caption[: _parted(caption)[0]]


def caption_and_credits(words: str, credit: str = "") -> tuple[str | None, tuple[str, ...]]:
    """The words about a picture, None where only a credit stands there; and whose picture it is.

    Args:
        words: what stands with a picture, on one line.
        credit: what stands there in an element that is named after credits.
    """
    if credit.endswith(".") and not words and not _parted(credit)[1]:
        words, credit = credit, ""
    end, credits = _parted(words)
    if credit:
        credits = tuple(dict.fromkeys((*credits, *credits_of_element(credit))))
    caption = words[:end].strip(" ([–—-|•·")
    if _ANYBODY.fullmatch(_LEADING_LABEL.sub("", caption).strip(_EDGES)):
        caption = ""
    if _CALL_SIGN.fullmatch(words.strip(_EDGES)):
        return None, (*credits, words.strip(_EDGES))
    is_place = credits and end < len(words) and len(caption.split()) == 1
    # a number alone counts pictures; a mark of rights that credits nobody opens a notice
    says_nothing = caption.startswith("©") or not any(map(str.isalpha, caption))
    if is_place or says_nothing:
        caption = ""
        if credits and end == 0:  # a label first, and words behind
            behind = words.partition(credits[-1])[2].strip(" –—-|•·.,)")
            caption = behind if len(behind.split()) >= 4 else ""
    return caption or None, credits


def credits_of_element(text: str) -> tuple[str, ...]:
    """The credits in what a page marks as one: all of it, where nothing in it is told apart."""
    text = " ".join(text.split())[:_MAX_CHARS]
    if not text or _RIGHTS.search(text):
        return ()
    credits = _parted(text)[1]
    if credits:
        return credits
    named = _LEADING_LABEL.sub("", text).strip(_EDGES)
    return (
        _named(named)
        if 1 < len(named) <= _MAX_CREDIT_CHARS and any(map(str.isalpha, named))
        else ()
    )


def _parted(line: str) -> tuple[int, tuple[str, ...]]:
    """Where the credit of a caption begins, and who is credited."""
    shift = max(0, len(line) - _MAX_CHARS)
    text = line[shift:]
    begin, credits = _labelled(text)
    if not credits and (tail := _tail(text)) is not None:
        begin, credits = tail, list(_named(text[tail:].strip(_EDGES)))
    return shift + begin, tuple(dict.fromkeys(credits))


def _labelled(text: str) -> tuple[int, list[str]]:
    """Where the first credit with a label begins, and who is credited with any."""
    begin = len(text)
    credits: list[str] = []
    for pattern in (_TAGGED, _LABELLED):
        for match in pattern.finditer(text):
            written = next(text_part for text_part in match.groups() if text_part)
            who = _first_part(written)
            if not _is_who(who) and _is_who(written.strip(_EDGES)):
                who = written.strip(_EDGES)
            if not _RIGHTS.search(who) and _is_who(who) and (named := _named(who)):
                begin = min(begin, match.start())
                credits.extend(named)
    return begin, credits


def _tail(text: str) -> int | None:
    """Where a credit without a label begins that closes the text; None where none does."""
    ended = text.rstrip(" .)]")
    partings = [match.end() for match in _PARTING.finditer(ended)]
    begin = partings[-1] if partings else 0
    tail = ended[begin:]
    words = tail.split()
    if not words or len(words) > _MAX_CREDIT_WORDS or len(tail) > _MAX_CREDIT_CHARS:
        return None
    are_names = all(
        _CAPITAL.match(word) or _STOCK.match(word) or word in _LINKING or word == "/"
        for word in words
    )
    named = [*_STOCK.finditer(tail), *AGENCIES.finditer(tail)]
    closes = any(match.end() == len(tail) or match.start() == 0 for match in named)
    if closes and (are_names or begin):
        return begin
    parts = [part.strip() for part in tail.split("/")]
    if sum(map(str.isdigit, tail)) > 3:
        return None
    is_slashed = (
        len(parts) > 1
        and are_names
        and all(any(map(str.isalpha, text_part)) for text_part in parts)
    )
    is_for = are_names and len(words) > 2 and any(f" {word} " in tail for word in _ON_BEHALF)
    return begin if is_slashed or is_for else None


def _first_part(written: str) -> str:
    """What stands before a sentence, a dash or a bracket goes on, or the credit's own closes."""
    partings = (_PARTING.search(written, 2), _CLOSED.search(written, 2))
    end = min((match.start() for match in partings if match), default=len(written))
    return written[:end].strip(_EDGES)


def _is_who(written: str) -> bool:
    """Whether words can be whom a picture is by: names, and few of them."""
    words = written.split()
    if not words or len(words) > _MAX_CREDIT_WORDS or sum(map(str.isdigit, written)) > 3:
        return False
    if _ANYBODY.fullmatch(written) is not None:
        return False
    is_cased = written.lower() != written.upper()
    return (
        not is_cased
        or all(
            _CAPITAL.match(text_part) or text_part.lower() in _LINKING or len(text_part) < 3
            for text_part in words
        )
        or bool(
            _STOCK.search(written) or AGENCIES.search(written) or "." in words[-1] or "/" in written
        )
    )


def _named(who: str) -> tuple[str, ...]:
    who = _LEADING_LABEL.sub("", who).strip(_EDGES)
    agencies_named = (*agencies_in(who), *(match[0] for match in _STOCK.finditer(who)))
    if agencies_named:
        return tuple(dict.fromkeys(agencies_named))
    is_name = 1 < len(who) <= _MAX_CREDIT_CHARS and any(map(str.isalpha, who))
    return (who,) if is_name else ()
