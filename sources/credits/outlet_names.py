"""Whether a piece of text can be an outlet's name, and where a name in a credit line ends."""

import re

MAX_NAME_CHARS = 80
_MAX_WORDS = 8
_MAX_UNSPACED = 20
"""Characters of a name in a script that writes no spaces."""
_EDGES = " \t\"'“”„‟«»‹›‘’*_|•·:：,，;；。()[]【】（）「」《》<>–—-"
_ARTICLES = r"(?:the|la|le|les|l['’]|el|los|il|lo|o|a|os|der|die|das|dem|den|de|het|det|den)\s?"
_CASED_START = re.compile(rf"(?:{_ARTICLES})?(?:[A-ZÀ-ÞĀ-ŽΑ-ΩА-ЯЁІЇЄҐ0-9@]|[a-z]{{1,2}}[A-Z])")
_HOST = re.compile(r"(?:https?://)?(?:[\w-]{1,40}\.){1,4}[a-z]{2,12}(?:/[^\s]{0,80})?")
_CASED = re.compile("[A-Za-zÀ-ɏΑ-ωА-яЁёІіЇїЄєҐґ]")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Where the name ends and the sentence goes on; a name may hold `and`, a full stop within a word,
# and a capitalised `on` or `in`.
_END = re.compile(
    r"[,;()（），。！!?？…|\n]|\.(?:\s|$)|\s[–—-]\s|[\"”“«»」』]"
    r"|\s(?:on|under|in partnership|in collaboration|via|am|im jahr|unter|sous|bajo|sotto|sob|onder"
    r"|med tillstånd|под|під|na licencji)\s"
    r"|\s(?:and|und|et|y|e|with|is|was|as|at|by|to|in|for|erschienen|veröffentlicht|publiziert"
    r"|le|il|el|em|op|w|в|у)\s(?=[a-zà-ÿа-яёіїєґ0-9]|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct"
    r"|Nov|Dec)[a-z]{0,6}\b)"
    r"|\s(?:erschienen|veröffentlicht|publiziert|erstveröffentlicht)\b"
)
# Those who give data, pictures and statements: a text is not credited to them.
_NO_OUTLET = re.compile(
    r"(?i)(?<!\w)(?:getty|shutterstock|istock|alamy|imago|unsplash|pixabay|flickr|wikimedia"
    r"|depositphotos|adobe stock|photos?|fotos?|bild(?:er)?|images?|pictures?|video|screenshot"
    r"|ministr\w*|minister\w*|polizei|police|policía|polizia|polícia|policja|government|bureau"
    r"|statisti\w*|eurostat|statista|university|universität|universidad|institut\w*|census|survey"
    r"|wires?|wire services|agencies|agenturen|staff|reporters|own research"
    r"|eigene|privat|archiv|file|facebook|twitter|instagram|youtube|tiktok|telegram"
    r"|creative commons|company|unternehmen|pressemitteilung|press release|press office|поліці\w*"
    r"|полици\w*|министерств\w*|міністерств\w*)(?!\w)"
)
_CLOCK = re.compile(r"(?i)\d{1,2}(?:[:.]\d\d|\s?[ap]\.?m\b)")
_OUTLET_WORD = re.compile(
    r"(?i)(?<!\w)(?:press|presse|prensa|news|nachrichten|agency|agentur|agencia|agence|agenzia"
    r"|agência|agencja|herald|post|times|courier|kurier|gazette|observer|tribune|tribuna|journal"
    r"|chronicle|dispatch|bulletin|monitor|examiner|register|sentinel|telegraph|reporter|wire"
    r"|daily|zeitung|tageblatt|anzeiger|bote|rundschau|blatt|diario|periódico|jornal|giornale"
    r"|gazeta|gazzetta|corriere|noticias|notícias|notizie|media|radio|dienst|pressedienst|magazin"
    r"|magazine|echo|standard|report|review|today|hoy|online|tv|fm)(?!\w)"
    r"|(?:zeitung|nachrichten|presse|agentur|anzeiger|kurier|blatt|bote|rundschau|dienst"
    r"|вісник|новини|новости|вестник|правда)(?!\w)"
)


def outlet_name_in(written: str) -> str | None:
    """The outlet's name that a text begins with, None where none does.

    >>> outlet_name_in("The Lantern on May 3."), outlet_name_in("a small spring")
    ('The Lantern', None)
    """
    head = written[: 3 * MAX_NAME_CHARS].strip(_EDGES)
    found = _HOST.match(head)
    if found is not None and "." in found[0]:
        return found[0].removeprefix("https://").removeprefix("http://").strip("./")
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
