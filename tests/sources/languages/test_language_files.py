import re
import tomllib
from collections.abc import Iterator
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from sources.attribution.rules import rules_by_language
from sources.credits.outlet_credits import credited
from sources.disagreements.fact_tokens import fact_tokens
from sources.disagreements.tokens import DATE, NUMBER, WEEKDAY
from sources.languages.language_files import (
    FOLDER,
    SHARED,
    any_of,
    languages,
    read_language,
)
from sources.languages.records import Language
from sources.metadata.person_names import split_names
from sources.metadata.policies import KINDS
from sources.metadata.written_dates import read_date

# a row a language: a sentence with the facts that are read in it, and a date as its pages write it
READ = {
    "ar": ("قتل 12 شخصا في 5 مارس 2026", "12 2026-03-05", "5 آذار 2026"),
    "be": ("1 200,5 рубля", "1200.5", ""),
    "bg": ("1 200,5 лева", "1200.5", "5 март 2026"),
    "bn": ("1,200.5", "1200.5", ""),
    "ca": ("1.200,5 euros", "1200.5", "5 de març de 2026"),
    "cs": ("1 200,5 koruny", "1200.5", "5. března 2026"),
    "cy": ("1,200.5", "1200.5", ""),
    "da": ("1.200,5 kroner", "1200.5", "5. marts 2026"),
    "de": (
        "Am Montagabend, 5. März 2026, kamen einundzwanzig Boote und 1.200 Gäste",
        "1 2026-03-05 21 1200",
        "5. März 2026",
    ),
    "el": ("1.200,5 ευρώ", "1200.5", "5 Μαρτίου 2026"),
    "en": (
        "On Monday, March 5, 2026, twenty-one boats and 1,200 guests came",
        "1 2026-03-05 21 1200",
        "March 5, 2026",
    ),
    "es": (
        "El lunes 5 de marzo de 2026 llegaron dos mil",
        "1 2026-03-05 2000",
        "5 de marzo de 2026",
    ),
    "et": ("1 200,5 eurot", "1200.5", ""),
    "fa": ("۵ هزار", "5000", ""),
    "fi": ("1 200,5 euroa", "1200.5", "5. maaliskuuta 2026"),
    "fr": ("Le lundi 5 mars 2026, douze personnes", "1 2026-03-05 12", "5 janv. 2026"),
    "ga": ("1,200.5", "1200.5", ""),
    "he": ("1,200.5", "1200.5", ""),
    "hi": ("1,200.5", "1200.5", ""),
    "hr": ("1.200,5 eura", "1200.5", "5. ožujka 2026"),
    "hu": ("1 200,5 forint", "1200.5", "2026. március 5."),
    "id": ("1.200,5", "1200.5", "5 Maret 2026"),
    "it": ("Lunedì 5 marzo 2026, dodici persone", "1 2026-03-05 12", "5 marzo 2026"),
    "ja": ("3億円", "300000000", "2026年3月5日"),
    "ko": ("3만 명", "30000", "2026년 3월 5일"),
    "lt": ("1 200,5 euro", "1200.5", ""),
    "lv": ("1 200,5 eiro", "1200.5", ""),
    "mk": ("1.200,5 денари", "1200.5", ""),
    "ms": ("1,200.5", "1200.5", ""),
    "nl": ("Op maandag 5 maart 2026 waren er twaalf", "1 2026-03-05 12", "5 maart 2026"),
    "no": ("1 200,5 kroner", "1200.5", "5. mars 2026"),
    "pl": ("W poniedziałek 5 marca 2026 było dwanaście", "1 2026-03-05 12", "5 marca 2026"),
    "pt": ("Na segunda-feira, 5 de março de 2026, doze", "1 2026-03-05 12", "5 de março de 2026"),
    "ro": ("1.200,5 lei", "1200.5", "5 martie 2026"),
    "ru": ("В среду, 5 марта 2026, двенадцать", "3 2026-03-05 12", "5 марта 2026"),
    "sk": ("1 200,5 eura", "1200.5", ""),
    "sl": ("1.200,5 evra", "1200.5", ""),
    "sq": ("1 200,5 euro", "1200.5", ""),
    "sr": ("1.200,5 dinara", "1200.5", "5. marta 2026"),
    "sv": ("1 200,5 kronor", "1200.5", "5 mars 2026"),
    "sw": ("1,200.5", "1200.5", ""),
    "ta": ("1,200.5", "1200.5", ""),
    "te": ("1,200.5", "1200.5", ""),
    "th": ("1,200.5", "1200.5", ""),
    "tl": ("1,200.5", "1200.5", ""),
    "tr": ("5 Mart 2026 günü 1.200 kişi", "2026-03-05 1200", "5 Mart 2026"),
    "uk": ("У середу, 5 березня 2026, дванадцять", "3 2026-03-05 12", "5 березня 2026"),
    "ur": ("1,200.5", "1200.5", ""),
    "vi": ("1.200,5 đồng", "1200.5", ""),
    "zh": ("3亿元", "300000000", "2026年3月5日"),
}
OF_TWO_LANGUAGES = {"listopad", "listopada"}
"""November in Polish and Czech, October in Croatian."""
FACTS = (NUMBER, DATE, WEEKDAY)


def test_every_language_has_a_row() -> None:
    assert languages().keys() - {SHARED} == READ.keys()


@pytest.mark.parametrize("code", READ)
def test_a_language_is_read(code: str) -> None:
    sentence, facts, written = READ[code]
    tokens = [token for token in fact_tokens(sentence, code) if token.kind in FACTS]
    shown = [min(token.value) if token.kind == WEEKDAY else token.shown for token in tokens]
    assert " ".join(map(str, shown)) == facts
    if written:
        day = read_date(written)
        assert day is not None
        assert (day.moment.year, day.moment.day) == (2026, 5)


@pytest.mark.parametrize("known", languages().values(), ids=[*languages()])
def test_words_are_in_lower_case_and_mean_one_thing(known: Language) -> None:
    calendar, numbers = known.calendar, known.numbers
    for meanings in (
        [*enumerate(calendar.months), *enumerate(calendar.months_in_dates)],
        enumerate(calendar.weekdays),
        numbers.words.items(),
        numbers.multipliers.items(),
        numbers.money.items(),
    ):
        meant: dict[str, str | int] = {}
        for meaning, words in meanings:
            for word in words:
                assert word == word.lower()
                assert meant.setdefault(word, meaning) == meaning, word


def test_patterns_are_read_by_their_engines() -> None:
    for rules in rules_by_language().values():
        for pattern in (rules.unsaid, rules.attributed, rules.unnamed):
            pc.match_substring_regex(pa.array([""]), pattern)
    for known in languages().values():
        for section in (
            *(known.credits, known.pictures, known.bylines, known.notices, known.page),
            *(known.outlets, known.calendar),
        ):
            for name in section.__dataclass_fields__:
                if name.endswith("_marks"):
                    continue
                for pattern in patterns_of(getattr(section, name)):
                    groups = re.compile(pattern.replace("<agency>", "(agency)")).groups
                    assert groups == (name in ("name_first", "reported_for", "datelines")), pattern
    assert re.compile(any_of(lambda each: each.sentences.abbreviations)).groups == 0


def patterns_of(value: object) -> Iterator[str]:
    """The texts in a key's value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from patterns_of(inner)


def test_a_mark_stands_in_each_wording_that_is_looked_for_by_marks() -> None:
    for known in languages().values():
        for wordings, marks in (
            (known.credits.reported_for, known.credits.reported_for_marks),
            (known.credits.contributed, known.credits.contributed_marks),
            (known.credits.datelines, known.credits.dateline_marks),
        ):
            for wording in wordings:
                assert any(mark in wording for mark in marks), wording


def test_links_to_policies_are_of_kinds_that_there_are() -> None:
    for known in languages().values():
        for names in (known.policies.names, known.policies.words):
            assert names.keys() <= KINDS.keys()
            called = [name for kind in names.values() for name in kind]
            assert len(called) == len(set(called))
            assert all(name == name.lower() for name in called)


def test_an_outlet_is_credited_in_the_wording_of_each_language() -> None:
    for known in languages().values():
        for label in known.credits.source_labels:
            if re.escape(label) == label.replace(" ", "\\ "):
                line = f"{label.capitalize()}: The Harbour Post"
                assert [*credited(line, is_at_edge=True)] == ["The Harbour Post"], line


def test_a_byline_opens_in_the_wording_of_each_language() -> None:
    for known in languages().values():
        for opener in known.bylines.openers:
            if re.escape(opener) == opener.replace(" ", "\\ "):
                assert split_names(f"{opener.capitalize()} Ann Lee") == ["Ann Lee"], opener


@pytest.mark.parametrize("code", languages())
def test_a_file_is_named_after_its_language_and_says_which_it_is(code: str) -> None:
    first = (FOLDER / f"{code}.toml").read_text("utf-8").partition("\n")[0]
    assert re.fullmatch("[a-z]{2}|mul", code)
    assert re.fullmatch(r"# [A-Z][\w ]+", first)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("[calender]", "xx.toml: no section 'calender'"),
        ('[numbers]\nlink = ["and"]', "xx.toml: .*'link'"),
        ('[numbers]\nthousands = "dot"', "xx.toml: numbers.thousands is 'dot', not comma"),
        ('[calendar]\nmonths = [["a"]]', "xx.toml: calendar.months has 1, not 12"),
        ("[calendar", "xx.toml: Expected ']'"),
    ],
)
def test_a_fault_in_a_file_is_named_with_the_file(written: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_language("xx", written)


def test_files_hold_nothing_that_no_module_reads() -> None:
    for path in FOLDER.glob("*.toml"):
        for section, keys in tomllib.loads(path.read_text("utf-8")).items():
            assert keys, f"{path.name}: [{section}] is empty"


@pytest.mark.parametrize("known", languages().values(), ids=[*languages()])
def test_every_month_is_read_in_running_text_and_in_dates(known: Language) -> None:
    for month, forms in enumerate(known.calendar.months, 1):
        for form in forms:
            (token,) = fact_tokens(f"5 {form.capitalize()} 2026", known.code)
            assert token.shown == f"2026-{month:02}-05", form
            day = read_date(f"5 {form} 2026")
            if form not in OF_TWO_LANGUAGES and 3 <= len(form) <= 12:
                assert day is not None
                assert (day.moment.month, day.moment.day) == (month, 5), form


@pytest.mark.parametrize("known", languages().values(), ids=[*languages()])
def test_every_weekday_is_read_in_running_text(known: Language) -> None:
    for number, forms in enumerate(known.calendar.weekdays, 1):
        for form in forms:
            (token,) = fact_tokens(form.capitalize(), known.code)
            assert (token.kind, token.value) == (WEEKDAY, frozenset([str(number)])), form


def test_a_month_of_two_languages_is_of_the_later_in_dates_whose_language_is_unknown() -> None:
    months: dict[str, set[int]] = {}
    for known in languages().values():
        for number, forms in enumerate(known.calendar.months, 1):
            for form in forms:
                months.setdefault(form, set()).add(number)
    assert {form for form, numbers in months.items() if len(numbers) > 1} == OF_TWO_LANGUAGES
    day = read_date("5 listopada 2026")
    assert day is not None
    assert day.moment.date() == date(2026, 11, 5)
