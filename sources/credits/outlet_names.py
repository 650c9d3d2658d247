"""Whether a piece of text can be an outlet's name, and where a name in a credit line ends."""

import re

from sources.languages.language_files import any_of, language_file

MAX_NAME_CHARS = 80
_MAX_WORDS = 8
_MAX_UNSPACED = 20
"""Characters of a name in a script that writes no spaces."""
_EDGES = " \t\"'“”„‟«»‹›‘’*_|•·:：,，;；。()[]【】（）「」《》<>–—-"
_ARTICLES = any_of(lambda each: (*each.outlets.articles, *each.outlets.further_articles))
_CASED_START = re.compile(
    rf"(?:(?:{_ARTICLES})\s?)?(?:[A-ZÀ-ÞĀ-ŽΑ-ΩА-ЯЁІЇЄҐ0-9@]|[a-z]{{1,2}}[A-Z])"
)
_HOST = re.compile(r"(?:https?://)?(?:[\w-]{1,40}\.){1,4}[a-z]{2,12}(?:/[^\s]{0,80})?")
_CASED = re.compile("[A-Za-zÀ-ɏΑ-ωА-яЁёІіЇїЄєҐґ]")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Where the name ends and the sentence goes on; a name may hold `and`, a full stop within a word,
# and a capitalised `on` or `in`.
_MONTH = "|".join(
    sorted(
        {form[:3].capitalize() for month in language_file("en").calendar.months for form in month}
    )
)
_END = re.compile(
    r"[,;()（），。！!?？…|\n]|\.(?:\s|$)|\s[–—-]\s|[\"”“«»」』]"
    rf"|\s(?:{any_of(lambda each: each.outlets.ends)})\s"
    rf"|\s(?:{any_of(lambda each: each.outlets.ends_before_small)})"
    rf"\s(?=[a-zà-ÿа-яёіїєґ0-9]|(?:{_MONTH})[a-z]{{0,6}}\b)"
    rf"|\s(?:{any_of(lambda each: each.outlets.verbs_behind)})\b"
)
_NO_OUTLET = re.compile(rf"(?i)(?<!\w)(?:{any_of(lambda each: each.outlets.no_outlets)})(?!\w)")
_CLOCK = re.compile(r"(?i)\d{1,2}(?:[:.]\d\d|\s?[ap]\.?m\b)")
_OUTLET_WORD = re.compile(
    rf"(?i)(?<!\w)(?:{any_of(lambda each: each.outlets.words)})(?!\w)"
    rf"|(?:{any_of(lambda each: each.outlets.word_ends)})(?!\w)"
)


def outlet_name_in(written: str) -> str | None:
    """The outlet's name that a text begins with, None where none does.

    >>> outlet_name_in("The Lantern on May 3."), outlet_name_in("a small spring")
    ('The Lantern', None)
    """
    head = written[: 3 * MAX_NAME_CHARS].strip(_EDGES)
    host = _HOST.match(head)
    if host is not None and "." in host[0]:
        return host[0].removeprefix("https://").removeprefix("http://").strip("./")
    name = _END.split(head, maxsplit=1)[0].strip(_EDGES).rstrip(".")
    return name if is_outlet_name(name) else None


def is_outlet_name(name: str) -> bool:
    """Whether the whole text can be the name of an outlet."""
    if not 2 <= len(name) <= MAX_NAME_CHARS or len(name.split()) > _MAX_WORDS:
        return False
    if (
        _NO_OUTLET.search(name)
        or _CLOCK.match(name)
        or not any(letter.isalpha() for letter in name)
    ):
        return False
    if _UNSPACED.search(name):
        return len(name) <= _MAX_UNSPACED
    if _CASED.search(name):
        return _CASED_START.match(name) is not None
    return len(name.split()) <= 5


def is_marked_outlet(name: str) -> bool:
    """Whether a name has a word that outlets call themselves by, such as `Press` or `Kurier`."""
    return is_outlet_name(name) and _OUTLET_WORD.search(name) is not None
