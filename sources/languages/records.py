"""What a language file may say, a record a section: every key with its meaning."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Names of months and days, in lower case."""

    months: tuple[Words, ...] = ()
    """The forms of the twelve months in running text and in dates."""
    months_in_dates: tuple[Words, ...] = ()
    """Further forms that are read in dates only."""
    weekdays: tuple[Words, ...] = ()
    """The forms of the seven days, Monday first."""
    capitalised: bool = False
    """Whether they are names by their capital only, as `May` is in English."""
    month_leads: Words = ()
    """Words before a month that stands alone: needed where its name is another word too."""
    modified: Words = ()
    """Patterns before a date that say that the text was changed then."""
    published: Words = ()
    """Patterns before a date that say that the text was published then."""
    updates: Words = ()
    """Patterns that open a line of the day of a change, up to that day."""
    day_first: bool = True
    """Whether 05/03/2026 is the fifth of March."""
    month_first_in: Words = ()
    """Regions in which it is the third of May; without a region it is no date."""
    ordinals: Words = ()
    """Behind the number of a day: `5th`."""
    before_month: Words = ()
    """Between a day and its month: `5 de marzo`."""
    elided_before_month: Words = ()
    """Patterns for the same without a space behind it: `5 d'abril`."""
    before_year: Words = ()
    """Between a month and its year."""
    year_signs: Words = ()
    """Behind the number of a year, where dates are so written: `2026年3月5日`."""
    month_signs: Words = ()
    day_signs: Words = ()
    morning: Words = ()
    """Patterns behind an hour before noon: `am`."""
    afternoon: Words = ()
    morning_before: Words = ()
    """The same before the hour."""
    afternoon_before: Words = ()
    hour_signs: Words = ()
    """Between an hour and its minutes."""
    minute_signs: Words = ()
    """Behind the minutes."""
    hour_only: Words = ()
    """Patterns behind a number alone that make it an hour: `5 uhr`."""
    hour_units: Words = ()
    """Patterns behind a time: `12:30 uhr`."""

    def __post_init__(self) -> None:
        for name, number in (("months", 12), ("months_in_dates", 12), ("weekdays", 7)):
            if len(getattr(self, name)) not in (0, number):
                raise ValueError(f"calendar.{name} has {len(getattr(self, name))}, not {number}")


@dataclass(frozen=True, slots=True)
class Numbers:
    """How numbers are written, in digits and in words in lower case."""

    thousands: str = "point"
    """`comma`: 1,200 and 0.5. `point`: 1.200 and 0,5. `space`: 1 200 and 0,5."""
    words: Mapping[str, Words] = field(default_factory=dict)
    """Value -> words. No word for one where it is an article, none that has another meaning."""
    multipliers: Mapping[str, Words] = field(default_factory=dict)
    """Power of ten -> words that multiply the number before them."""
    units_before_tens: str = ""
    """What joins units and tens to one word: `und` in `einundzwanzig`."""
    one_before_tens: str = ""
    """One in such a word."""
    articles: Words = ()
    """`a` in `a million`."""
    links: Words = ()
    """`and` in `one hundred and twelve`."""
    more_than: Words = ()
    """Before a number that may stand for a larger one."""
    less_than: Words = ()
    about: Words = ()
    """Before a number that is rounded."""
    percent: Words = ()
    money: Mapping[str, Words] = field(default_factory=dict)
    """Sign -> words for the same money."""
    measures: Words = ()
    """Units of measure."""
    ordinals: Words = ()
    """Behind a number that counts: `3rd`, no number to compare."""
    per_cent: Words = ()
    """Percent where it is two words."""

    def __post_init__(self) -> None:
        if self.thousands not in ("comma", "point", "space"):
            raise ValueError(f"numbers.thousands is {self.thousands!r}, not comma, point or space")


@dataclass(frozen=True, slots=True)
class Sentences:
    """Where sentences end."""

    abbreviations: Words = ()
    """Patterns of what a full stop may follow without an end, as written."""


@dataclass(frozen=True, slots=True)
class Quotations:
    """How the same spoken words are written in two ways."""

    short_forms: Mapping[str, str] = field(default_factory=dict)
    """Short form -> the words it stands for."""
    usual_spellings: Mapping[str, str] = field(default_factory=dict)
    """Several words -> how they are mostly written."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """How sentences say who says so: patterns, in which <name> stands for words of that name.

    The rules are made of them in sources/attribution.
    """

    abbreviations: Words = ()
    """As those of sentences."""
    unsaid: Words = ()
    """Taken out first: looks like an attribution and is none."""
    attributed: Words = ()
    unnamed: Words = ()
    """Of a sentence that is attributed: to somebody without a name."""
    words: Mapping[str, Words] = field(default_factory=dict)
    patterns: Mapping[str, str] = field(default_factory=dict)
    """Each may name words, and patterns before it."""


@dataclass(frozen=True, slots=True)
class Credits:
    """How lines say where a text is from: patterns, in which case does not matter."""

    source_labels: Words = ()
    """Before a colon, of a line of its own: `Quelle`."""
    page_labels: Words = ()
    """The same in lines around the headline of a page."""
    worked_with: Words = ()
    """Openings of a line, up to the name of whom the text has been worked with."""
    published: Words = ()
    """Openings of a line, up to the name of where the text was published."""
    with_words: Words = ()
    """Before a name that may be a person's as well: `with`."""
    name_first: Words = ()
    """Whole wordings that have the name before the verb, as their only group."""
    name_first_marks: Words = ()
    """One of them stands in all that name_first matches; none is of ASCII alone."""
    reported: Words = ()
    """Beside an outlet's name in a story: that it reported."""
    said: Words = ()
    """What makes a line a sentence of the story, and no credit."""
    ands: Words = ()
    """Words between the names of two outlets."""
    at_work: Words = ()
    """Openings of a line of whose material the text is made: agencies'."""
    with_agency: Words = ()
    """Openings of a line that holds an agency, and nothing behind it."""
    contributed: Words = ()
    """Patterns behind names of those who worked on the text."""
    contributed_marks: Words = ()
    """One of them, in lower case, stands in all that contributed matches."""
    rights: Words = ()
    """What follows the name of whom the text belongs to, in a notice of rights."""
    reported_for: Words = ()
    """Whole lines that say for whom a person reports: the outlet is their only group."""
    reported_for_marks: Words = ()
    """One of them stands in all that reported_for matches."""
    reprinted: Words = ()
    """In an opening of published: that the text was printed again there, which credits nobody."""
    datelines: Words = ()
    """Whole datelines, where they are written otherwise than `PLACE (agency) -`; <agency>, or
    else their only group, is who filed the report."""
    dateline_marks: Words = ()
    """One of them stands in all that datelines matches."""
    not_filed_by: Words = ()
    """In brackets behind a place or a name, and no outlet: parties, marks of a desk."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Labels of pictures' credits: patterns."""

    labels: Words = ()
    sources: Words = ()
    label_nouns: Words = ()
    """May follow a label: `photo credit`."""
    by: Words = ()
    """May follow it before the name, with or without a colon."""
    subjects: Words = ()
    """Before one of sources: `image source`."""
    nouns: Words = ()
    """Before one of by_whom: `photo by`."""
    by_whom: Words = ()
    openings: Words = ()
    """Before a name: `courtesy of`."""
    behind_name: Words = ()
    """Behind a name in brackets: `(AP photo)`."""
    beside_slash: Words = ()
    """Between an agency and a slash: `AP Photo/Ann Lee`."""
    linking: Words = ()
    """Words in small letters within the names of a credit."""
    on_behalf: Words = ()
    """Of those, what stands between a photographer and for whom they work."""
    anybody: Words = ()
    """What stands in place of a name: `file photo`."""
    rights: Words = ()
    """With those of credits: what a notice of rights says, which credits nobody."""
    rights_labels: Words = ()
    """Labels of notices of rights."""
    leading: Words = ()
    """Labels without a colon that are taken off a name."""
    leading_by: Words = ()
    """May follow a label that is taken off a name."""
    line_labels: Words = ()
    """Before the colon of a line that is a picture's, in small letters; no patterns."""
    names_by_capitals: bool = False
    """Whether names are known by their capitals, and stand in a story as in a caption: elsewhere
    scripts have none, or names are inflected."""


@dataclass(frozen=True, slots=True)
class Bylines:
    """How pages say who wrote a text: patterns, in which case does not matter."""

    openers: Words = ()
    """Before the names and a space or a colon; a longer one stands before its beginning."""
    roles: Words = ()
    """What writers are, beside their name."""
    role_nouns: Words = ()
    """The same behind their name, without anything between them."""
    desks: Words = ()
    """Where nobody is named."""
    controls: Words = ()
    """What stands beside bylines for readers to press."""
    writer_labels: Words = ()
    """Labels in metadata whose value is the author."""
    caption_openers: Words = ()
    """Words, often with a capital, that are no part of a name in a caption."""
    adjective_endings: Words = ()
    """Where nouns have capitals too: of a word that may be an adjective before one."""
    role_leads: Words = ()
    """Before what writers are: `senior`."""
    role_articles: Words = ()
    """Before that: `our`."""
    roles_behind: Words = ()
    """Roles behind a name in scripts without capitals."""
    ands: Words = ()
    """Words between two names."""
    in_place: Words = ()
    """Before the place from which somebody reports, behind their name."""
    particles: Words = ()
    """In small letters within names; no patterns."""
    counters: Words = ()
    """Between a number and one of controls."""
    before_day: Words = ()
    """Behind the comma behind names: what follows is a day."""
    day_openers: Words = ()
    """Behind names, before a day."""
    dated: Words = ()
    """The same, whatever follows."""
    dated_leads: Words = ()
    """Before one of dated: `last`."""
    cut_off: Words = ()
    """The same at the end of a line that was cut."""
    behind_day: Words = ()
    """Between a day and the names in a line of both."""
    inside: Words = ()
    """Labels before an author's name within a line, with a colon."""
    profile_paths: Words = ()
    """Parts of an address that is an author's profile."""
    anybody_paths: Words = ()
    """Of one that may as well be somebody's of whom the story tells."""
    not_authors: Words = ()
    """Words within what metadata calls an author that make it a list of all who had a part."""
    outlet_links: Words = ()
    """Between an author and the outlet they write for."""


@dataclass(frozen=True, slots=True)
class Notices:
    """Lines of a page that are no story: patterns, in which case does not matter."""

    share: Words = ()
    share_what: Words = ()
    """What may follow: `this`."""
    print_or_send: Words = ()
    follow: Words = ()
    """Before the name of a network."""
    adverts: Words = ()
    read_more: Words = ()
    read_more_of: Words = ()
    """The same before a headline."""
    subscribe: Words = ()
    subscribe_words: Words = ()
    """One of them stands in the line of an offer."""
    corrections: Words = ()
    """Openings of a line that says that the story was corrected or updated."""
    share_openers: Words = ()
    """May stand before one of share: `please`."""
    print_or_mail: Words = ()
    """Beside the names of networks in a row of controls."""
    networks: Words = ()
    """What stands for all networks behind one of follow."""


@dataclass(frozen=True, slots=True)
class PageWords:
    """What pages write that show a part of a story: patterns."""

    offers: Words = ()
    """To subscribe, to register, to sign in."""
    continue_reading: Words = ()


@dataclass(frozen=True, slots=True)
class Mirrors:
    """How pages announce other addresses of their outlet."""

    announces: Words = ()
    """Patterns."""
    announcing_words: Words = ()
    """One of these, in lower case, stands in all that the patterns match."""


@dataclass(frozen=True, slots=True)
class OutletWords:
    """Words in and around the names of outlets: patterns."""

    articles: Words = ()
    """Before names, and with a capital at their beginning."""
    further_articles: Words = ()
    """Before names within a sentence only."""
    dropped_articles: Words = ()
    """Those without which stories name outlets."""
    title_articles: Words = ()
    """Those before one of words that make the whole an outlet's name for sure."""
    ends: Words = ()
    """Words before which a name in a credit ends."""
    ends_before_small: Words = ()
    """The same where a small letter, a number or a month follows; else they are in the name."""
    verbs_behind: Words = ()
    """Verbs behind which nothing of a name follows."""
    no_outlets: Words = ()
    """Who gives data, pictures and statements: a text is not credited to them."""
    words: Words = ()
    """What outlets call themselves."""
    word_ends: Words = ()
    """The same at the end of a longer word: `Morgenzeitung`."""


@dataclass(frozen=True, slots=True)
class Policies:
    """What links to pages of an outlet's rules are called, in lower case, by kind of page.

    The kinds are the tables of sources/metadata/policies.toml.
    """

    names: Mapping[str, Words] = field(default_factory=dict)
    """Counted wherever the page's frame is, in navigation too."""
    words: Mapping[str, Words] = field(default_factory=dict)
    """In footers only: in navigation `Ethics` or `Team` may be a section."""


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of one language; a section that its file lacks is empty."""

    code: str
    """ISO 639-1, or `mul`, as ISO 639-2 calls texts of several languages."""
    calendar: Calendar = Calendar()
    numbers: Numbers = Numbers()
    sentences: Sentences = Sentences()
    quotations: Quotations = Quotations()
    attribution: Attribution = Attribution()
    credits: Credits = Credits()
    pictures: Pictures = Pictures()
    bylines: Bylines = Bylines()
    notices: Notices = Notices()
    page: PageWords = PageWords()
    mirrors: Mirrors = Mirrors()
    outlets: OutletWords = OutletWords()
    policies: Policies = Policies()
