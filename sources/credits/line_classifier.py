"""What in a text's paragraphs is not the story: taken out, and kept as evidence with its snippet.

Pages and rows of text go through the same sieve; sifting what it lets through changes nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.article import Snippet
from sources.credits import agency_credits, datelines, notices, outlet_credits
from sources.credits.agencies import agency
from sources.credits.agency_credits import (
    agencies_alone,
    agencies_at_work,
    names_contributor,
    picture_credits,
)
from sources.credits.datelines import dateline
from sources.credits.notices import is_correction, is_share_line, is_subscribe_line
from sources.credits.outlet_credits import credited
from sources.credits.pattern_prefixes import Openings
from sources.mirrors.announced_hosts import announced_hosts

_FIRST_LINES = 4
"""A dateline opens a story, below a standfirst at most; a caption stands above it."""
_LAST_LINES = 6
_MAX_CREDIT_CHARS = 300
_MAX_CAPTION_CHARS = 600
_MAX_LABEL_CHARS = 70
_CREDIT_LABELS = (
    *("photo", "foto", "image", "bild", "photo credit", "image credit", "credit", "picture"),
)
# Nearly all lines of a story end here: one look at them costs less than any pattern does.
_NOT_STORY = Openings(
    (*notices.NOTICES, agency_credits.OPENED[0], re.compile("(?i)©|" + "|".join(_CREDIT_LABELS)))
)
_CREDITING = Openings((agency_credits.OPENED[1], *outlet_credits.OPENED))
_FILED = Openings(datelines.OPENED)
_SENTENCE_ENDS = tuple(".!?…。！？؟:;”\"'»)")


@dataclass(frozen=True, slots=True)
class Sifted:
    """A text in two parts: the story's paragraphs, and what was no part of it."""

    paragraphs: tuple[str, ...]
    snippets: tuple[Snippet, ...]

    def values(self, kind: str) -> tuple[str, ...]:
        """What the snippets of a kind say, each once."""
        return values_of(self.snippets, kind)


def values_of(snippets: Sequence[Snippet], kind: str) -> tuple[str, ...]:
    """What the snippets of a kind say, each once, in order."""
    if not snippets:
        return ()
    return tuple(dict.fromkeys(one.value for one in snippets if one.kind == kind))


def sifted(lines: Sequence[str], max_snippet_chars: int) -> Sifted:
    """The clean lines as paragraphs of the story and snippets of evidence."""
    taken_out: list[Snippet] = []
    kept = lines
    # What is taken out moves other lines to the end, where credits stand: until nothing moves.
    while True:
        left, found = _sifted_once(kept, max_snippet_chars)
        taken_out.extend(found)
        if len(left) == len(kept):
            break
        kept = left
    return Sifted(tuple(kept), (*taken_out, *_left_in(kept, max_snippet_chars)))


def _sifted_once(lines: Sequence[str], max_snippet_chars: int) -> tuple[list[str], list[Snippet]]:
    announced = announced_hosts(lines)
    may_be_other, after_caption = _NOT_STORY.may_open, False
    kept: list[str] = []
    found: list[Snippet] = []
    for index, line in enumerate(lines):
        if not (announced or after_caption or line[-1:] in ")]" or may_be_other(line)):
            kept.append(line)
            continue
        if index in announced:
            evidence = [("announced_host", host) for host in announced[index]]
        else:
            evidence = _evidence(line, index, len(lines), bool(kept), after_caption)
        after_caption = any(kind == "caption" for kind, _ in evidence)
        found.extend(_snippet(kind, value, line, max_snippet_chars) for kind, value in evidence)
        if not evidence and index not in announced:
            kept.append(line)
    return kept, found


def caption_snippets(caption: str, max_snippet_chars: int) -> list[Snippet]:
    """A caption and the picture credits in it."""
    shown = caption[:max_snippet_chars]
    agency_credits = [Snippet("photo_credit", who, shown) for who in picture_credits(caption)]
    return [Snippet("caption", shown, shown), *agency_credits]


def _evidence(
    line: str, index: int, n_lines: int, is_below_text: bool, after_caption: bool
) -> list[tuple[str, str]]:
    """Kind and value of what a whole line is, nothing where it belongs to the story."""
    if is_share_line(line):
        return [("share_line", line)]
    if is_subscribe_line(line):
        return [("subscribe_line", line)]
    if is_correction(line):
        return [("correction", line)]
    if index >= n_lines - _LAST_LINES and (agencies := agencies_alone(line)):
        return [("wire_credit", name) for name in agencies]
    return _caption(line, is_below_text, after_caption)


def _caption(line: str, is_below_text: bool, after_caption: bool) -> list[tuple[str, str]]:
    is_label = len(line) <= _MAX_LABEL_CHARS and not line.endswith(_SENTENCE_ENDS)
    if after_caption and is_label and not is_below_text:
        return [("caption", line)]
    if len(line) > _MAX_CAPTION_CHARS or not _ends_in_credit(line):
        return []
    return [("caption", line), *(("photo_credit", who) for who in picture_credits(line))]


def _ends_in_credit(line: str) -> bool:
    """True where a picture's credit closes the line, in brackets or as all there is."""
    if line.endswith((")", "]")):
        opened = max(line.rfind("("), line.rfind("["))
        return opened >= 0 and bool(picture_credits(line[opened:]))
    return len(line) <= _MAX_LABEL_CHARS and line[:1] in "©FPIBC" and _is_credit_line(line)


def _is_credit_line(line: str) -> bool:
    label = line.partition(":")[0].casefold()
    # with a year it is the text's, as agencies close theirs
    is_of_picture = line.startswith("©") and not line[1:6].strip()[:4].isdigit()
    return is_of_picture or (label in _CREDIT_LABELS and bool(picture_credits(line)))


def _left_in(lines: Sequence[str], max_snippet_chars: int) -> list[Snippet]:
    """Evidence in lines that stay in the text, where it opens or closes a sentence."""
    found: list[Snippet] = []
    has_contributor = names_contributor("\n".join(lines))
    for index, line in enumerate(lines):
        told = _filed(line) if index < _FIRST_LINES else []
        if len(line) <= _MAX_CREDIT_CHARS and (
            _CREDITING.may_open(line)
            or outlet_credits.may_name(line)
            or (has_contributor and names_contributor(line))
        ):
            told.extend(_credits(line, index, len(lines)))
        found.extend(_snippet(kind, value, line, max_snippet_chars) for kind, value in told)
    return found


def _filed(line: str) -> list[tuple[str, str]]:
    """Where and by whom the report was filed, where the line says so."""
    may_file = datelines.may_file(line) or _FILED.may_open(line)
    filed = dateline(line) if may_file else None
    if filed is None:
        return []
    told = [("dateline", filed.text), *(("wire_credit", name) for name in filed.agencies)]
    return told if filed.outlet is None else [*told, ("outlet_credit", filed.outlet)]


def _credits(line: str, index: int, n_lines: int) -> Iterator[tuple[str, str]]:
    for name in agencies_at_work(line):
        yield "wire_credit", name
    is_at_edge = index < _FIRST_LINES or index >= n_lines - _LAST_LINES
    for name in credited(line, is_at_edge):
        yield _credit(name)


def _credit(name: str) -> tuple[str, str]:
    wire = agency(name)
    return ("outlet_credit", name) if wire is None else ("wire_credit", wire)


def _snippet(kind: str, value: str, line: str, max_chars: int) -> Snippet:
    return Snippet(kind, value[:max_chars], line[:max_chars])
