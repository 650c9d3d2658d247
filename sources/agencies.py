"""News agencies by the names and tags under which their copy is credited: facts, no judgement."""

import re

# Tag or name as credits write it -> the name the tables use. Tags are matched as written, because
# `ap` and `pa` are words; names in any case.
_TAGS = {
    "AP": "AP",
    "AFP": "AFP",
    "Reuters": "Reuters",
    "REUTERS": "Reuters",
    "dpa": "dpa",
    "DPA": "dpa",
    "APA": "APA",
    "ANSA": "ANSA",
    "EFE": "EFE",
    "AAP": "AAP",
    "PTI": "PTI",
    "ANI": "ANI",
    "IANS": "IANS",
    "UPI": "UPI",
    "SID": "SID",
    "sid": "SID",
    "epd": "epd",
    "KNA": "KNA",
    "TASS": "TASS",
    "IRNA": "IRNA",
    "Xinhua": "Xinhua",
    "Yonhap": "Yonhap",
    "Kyodo": "Kyodo",
    "Belga": "Belga",
    "ANP": "ANP",
    "NTB": "NTB",
    "Ritzau": "Ritzau",
    "ČTK": "ČTK",
    "PAP": "PAP",
    "Interfax": "Interfax",
    "Sputnik": "Sputnik",
    "SDA": "Keystone-SDA",
    "sda": "Keystone-SDA",
    "AA": "Anadolu",
    "Antara": "Antara",
    "ANTARA": "Antara",
    "Bernama": "Bernama",
    "BERNAMA": "Bernama",
    "ТАСС": "TASS",
    "Интерфакс": "Interfax",
    "РИА Новости": "RIA Novosti",
    "新华社": "Xinhua",
    "共同": "Kyodo",
    "時事": "Jiji",
    "연합뉴스": "Yonhap",
    "رويترز": "Reuters",
    "أ ف ب": "AFP",
    "ایرنا": "IRNA",
}
_NAMES = {
    "associated press": "AP",
    "the associated press": "AP",
    "agence france-presse": "AFP",
    "agence france presse": "AFP",
    "thomson reuters": "Reuters",
    "deutsche presse-agentur": "dpa",
    "austria presse agentur": "APA",
    "agencia efe": "EFE",
    "australian associated press": "AAP",
    "press trust of india": "PTI",
    "united press international": "UPI",
    "pa media": "PA Media",
    "press association": "PA Media",
    "canadian press": "The Canadian Press",
    "the canadian press": "The Canadian Press",
    "la presse canadienne": "The Canadian Press",
    "europa press": "Europa Press",
    "keystone-sda": "Keystone-SDA",
    "anadolu agency": "Anadolu",
    "anadolu ajansı": "Anadolu",
    "xinhua news agency": "Xinhua",
    "yonhap news agency": "Yonhap",
    "kyodo news": "Kyodo",
    "jiji press": "Jiji",
    "ria novosti": "RIA Novosti",
    "evangelischer pressedienst": "epd",
    "katholische nachrichten-agentur": "KNA",
    "sport-informations-dienst": "SID",
    "agenzia ansa": "ANSA",
    "ap news": "AP",
}


def _alternatives(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


AGENCY = rf"(?:(?:{_alternatives(_TAGS)})(?!\w)|(?i:{_alternatives(_NAMES)})(?!\w))"
"""A regular expression for one agency's name; no part of it repeats."""
_AGENCY = re.compile(rf"(?<!\w){AGENCY}")


def agency(name: str) -> str | None:
    """The agency's name as the tables write it, None where `name` is no agency's.

    >>> agency("Deutsche Presse-Agentur"), agency("ap"), agency("AP")
    ('dpa', None, 'AP')
    """
    stripped = name.strip(" \t()[]/.,;:")
    return _TAGS.get(stripped) or _NAMES.get(stripped.lower())


def agencies_in(text: str) -> tuple[str, ...]:
    """The agencies named in a short text, each once, in order."""
    found = (agency(match[0]) for match in _AGENCY.finditer(text))
    return tuple(dict.fromkeys(name for name in found if name))
