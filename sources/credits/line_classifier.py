"""What in a text's paragraphs is not the story: taken out, and kept as evidence with its snippet.

Pages and rows of text go through the same sieve; sifting what it lets through changes nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.article import Snippet
from sources.credits import agency_credits, datelines, notices, outlet_credits
from sources.credits.agencies import agency
from sources.credits.agency_credits import (
    agencies_alone,
    agencies_at_end,
    agencies_at_work,
    names_contributor,
)
from sources.credits.datelines import dateline
from sources.credits.notices import is_correction, is_share_line, is_subscribe_line
from sources.credits.outlet_credits import credited
from sources.credits.pattern_prefixes import Openings
from sources.credits.picture_credits import picture_credits
from sources.languages.language_files import words_of_all
from sources.mirrors.announced_hosts import announced_hosts, with_sentence
from sources.page.frame_lines import CLOSING

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FIRST_LINES = 4
"""A dateline opens a story, below a standfirst at most; a caption stands above it."""
_LAST_LINES = 6
_REACH_LINES = 13
"""Lines beyond which no line has a say in what another is: an announcement names twelve hosts."""
_FEW = 100
_MAX_CREDIT_CHARS = 300
_MAX_CAPTION_CHARS = 600
_MAX_LABEL_CHARS = 70
_CREDIT_LABELS = words_of_all(lambda each: each.pictures.line_labels)
_CREDIT_OPENERS = frozenset(("©", *(label[0].upper() for label in _CREDIT_LABELS)))
_OF_ONE_TEXT = 200
"""Lines of a text or two, which a question has, and for which no list of prefixes is made."""
# Nearly all lines of a story end here: one look at them costs less than any pattern does.
_NOT_STORY = Openings(
    (*notices.NOTICES, agency_credits.OPENED[0], re.compile("(?i)©|" + "|".join(_CREDIT_LABELS))),
    _OF_ONE_TEXT,
)
_CREDITING = Openings((agency_credits.OPENED[1], *outlet_credits.OPENED), _OF_ONE_TEXT)
_FILED = Openings(datelines.OPENED, _OF_ONE_TEXT)
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
    return tuple(dict.fromkeys(snippet.value for snippet in snippets if snippet.kind == kind))


def sifted(lines: Sequence[str], max_snippet_chars: int) -> Sifted:
    """The clean lines as paragraphs of the story and snippets of evidence.

    What is taken out moves other lines to the end, where credits stand, and beside each other: so
    lines are looked at again until nothing moves, but only those beside which something did.
    """
    taken_out: list[Snippet] = []
    left = list(lines)
    spans = [(0, len(left))]
    while spans:
        removed: list[int] = []
        for span in spans:
            gone, snippets = _taken_out(left, span, max_snippet_chars)
            removed.extend(gone)
            taken_out.extend(snippets)
        left = _without(left, removed)
        spans = _spans_to_look_at(removed, len(left))
    return Sifted(tuple(left), (*taken_out, *_left_in(left, max_snippet_chars)))


def _without(lines: list[str], removed: Sequence[int]) -> list[str]:
    """The lines less those at some indices, which are in order.

    Few are taken out of the list as it is: a copy for each would make the whole quadratic.
    """
    if len(removed) > _FEW:
        gone = set(removed)
        return [line for index, line in enumerate(lines) if index not in gone]
    for index in reversed(removed):
        del lines[index]
    return lines


def _spans_to_look_at(removed: Sequence[int], n_lines: int) -> list[tuple[int, int]]:
    """The parts of what is left, in order, in which a line has other neighbours or is a last line.

    Args:
        removed: indices before the removal, in order.
        n_lines: how many lines are left.
    """
    if not removed or not n_lines:
        return []
    moved = (index - before for before, index in enumerate(removed))
    near = [(max(0, at - _REACH_LINES), min(n_lines, at + _REACH_LINES)) for at in moved]
    spans: list[tuple[int, int]] = []
    for first, end in (*near, (max(0, n_lines - _LAST_LINES), n_lines)):
        if spans and first <= spans[-1][1]:
            spans[-1] = (min(spans[-1][0], first), max(spans[-1][1], end))
        else:
            spans.append((first, end))
    return spans


def _taken_out(
    lines: Sequence[str], span: tuple[int, int], max_snippet_chars: int
) -> tuple[list[int], list[Snippet]]:
    """Which lines of a part are no story, and what they are evidence for."""
    first, end = span
    beside = announced_hosts(lines[first : end + _REACH_LINES])
    announced = _notices({first + at: hosts for at, hosts in beside.items() if first + at < end})
    may_be_other, after_caption = _NOT_STORY.may_open, False
    is_below_text = first > 0
    gone: list[int] = []
    snippets: list[Snippet] = []
    for index in range(first, end):
        line = lines[index]
        if not (announced or after_caption or line[-1:] in ")]" or may_be_other(line)):
            is_below_text = True
            continue
        if index in announced:
            evidence = [("announced_host", host) for host in announced[index]]
        else:
            evidence = _evidence(line, index, len(lines), is_below_text, after_caption)
        after_caption = any(kind == "caption" for kind, _ in evidence)
        shown = with_sentence(lines, index) if index in announced else line
        snippets.extend(_snippet(kind, value, shown, max_snippet_chars) for kind, value in evidence)
        if evidence or index in announced:
            gone.append(index)
        else:
            is_below_text = True
    return gone, snippets


def _notices(announced: Mapping[int, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    """The announcements that are a list of hosts under a line that says so: an outlet's own notice.

    A sentence that names a host in passing is the story's, or is quoted in it.
    """
    notices: dict[int, tuple[str, ...]] = {}
    is_list = False
    for at in sorted(announced):
        hosts = announced[at]
        is_list = not hosts or (is_list and at - 1 in notices)
        if is_list:
            notices[at] = hosts
    return notices


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
    return len(line) <= _MAX_LABEL_CHARS and line[:1] in _CREDIT_OPENERS and _is_credit_line(line)


def _is_credit_line(line: str) -> bool:
    label = line.partition(":")[0].casefold()
    # with a year it is the text's, as agencies close theirs
    is_of_picture = line.startswith("©") and not _YEAR.search(line)
    return is_of_picture or (label in _CREDIT_LABELS and bool(picture_credits(line)))


def _left_in(lines: Sequence[str], max_snippet_chars: int) -> list[Snippet]:
    """Evidence in lines that stay in the text, where it opens or closes a sentence."""
    snippets: list[Snippet] = []
    has_contributor = names_contributor("\n".join(lines))
    for index, line in enumerate(lines):
        evidence = _filed(line) if index < _FIRST_LINES else []
        if len(line) <= _MAX_CREDIT_CHARS and (
            _CREDITING.may_open(line)
            or outlet_credits.may_name(line)
            or (has_contributor and names_contributor(line))
        ):
            evidence.extend(_credits(line, index, len(lines)))
        if index >= len(lines) - _LAST_LINES and index > 0:
            evidence.extend(("wire_credit", name) for name in agencies_at_end(line))
        snippets.extend(_snippet(kind, value, line, max_snippet_chars) for kind, value in evidence)
    return snippets


def _filed(line: str) -> list[tuple[str, str]]:
    """Where and by whom the report was filed, where the line says so."""
    may_file = datelines.may_file(line) or _FILED.may_open(line)
    filed = dateline(line) if may_file else None
    if filed is None:
        return []
    evidence = [("dateline", filed.text), *(("wire_credit", name) for name in filed.agencies)]
    return evidence if filed.outlet is None else [*evidence, ("outlet_credit", filed.outlet)]


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
    place = CLOSING if kind == "announced_host" else None
    return Snippet(kind, value[:max_chars], line[:max_chars], place)
