"""Numbers that are written out, words that multiply, and how languages mark thousands."""

from collections.abc import Mapping
from functools import lru_cache

# Languages that write 1,200 and 0.5; all others that use Latin or Cyrillic letters write 1.200 or
# 1 200 and 0,5.
COMMA_THOUSANDS = frozenset(
    ("en", "zh", "ja", "ko", "he", "th", "hi", "ur", "bn", "ta", "te", "ms", "tl", "ga", "cy", "sw")
)
SPACE_THOUSANDS = frozenset(
    ("fr", "ru", "uk", "be", "bg", "pl", "cs", "sk", "hu", "sv", "no", "nb", "nn", "fi", "et", "lv")
)

_UNITS: Mapping[str, str] = {
    # one is left out where it is an article as well, and where a form of `two` is a common word
    "en": "zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11"
    " twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19"
    " twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 dozen=12",
    "de": "null=0 zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11"
    " zwölf=12 dreizehn=13 vierzehn=14 fünfzehn=15 sechzehn=16 siebzehn=17 achtzehn=18 neunzehn=19"
    " zwanzig=20 dreißig=30 dreissig=30 vierzig=40 fünfzig=50 sechzig=60 siebzig=70 achtzig=80"
    " neunzig=90 hundert=100 tausend=1000",
    "fr": "deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12"
    " treize=13 quatorze=14 quinze=15 seize=16 vingt=20 trente=30 quarante=40 cinquante=50"
    " soixante=60 cent=100 mille=1000",
    "es": "dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12"
    " trece=13 catorce=14 quince=15 veinte=20 treinta=30 cuarenta=40 cincuenta=50 sesenta=60"
    " setenta=70 ochenta=80 noventa=90 cien=100 mil=1000",
    "it": "due=2 tre=3 quattro=4 cinque=5 sei=6 sette=7 otto=8 nove=9 dieci=10 undici=11"
    " dodici=12 tredici=13 quattordici=14 quindici=15 venti=20 trenta=30 quaranta=40 cinquanta=50"
    " sessanta=60 settanta=70 ottanta=80 novanta=90 cento=100 mille=1000",
    "pt": "dois=2 duas=2 três=3 quatro=4 cinco=5 seis=6 sete=7 oito=8 nove=9 dez=10 onze=11"
    " doze=12 treze=13 quatorze=14 quinze=15 vinte=20 trinta=30 quarenta=40 cinquenta=50 cem=100",
    "nl": "twee=2 drie=3 vier=4 vijf=5 zes=6 zeven=7 acht=8 negen=9 tien=10 elf=11 twaalf=12"
    " twintig=20 dertig=30 veertig=40 vijftig=50 honderd=100 duizend=1000",
    "pl": "dwa=2 dwie=2 dwóch=2 trzy=3 trzech=3 cztery=4 czterech=4 pięć=5 pięciu=5 sześć=6"
    " siedem=7 osiem=8 dziewięć=9 dziesięć=10 dwanaście=12 dwadzieścia=20 trzydzieści=30"
    " czterdzieści=40 pięćdziesiąt=50 sześćdziesiąt=60 siedemdziesiąt=70 osiemdziesiąt=80"
    " dziewięćdziesiąt=90 sto=100",
    "ru": "два=2 две=2 двух=2 три=3 трех=3 трёх=3 четыре=4 пять=5 пяти=5 шесть=6 семь=7 восемь=8"
    " девять=9 десять=10 двенадцать=12 двадцать=20 тридцать=30 сорок=40"
    " пятьдесят=50 шестьдесят=60 семьдесят=70 восемьдесят=80 девяносто=90 сто=100",
    "uk": "два=2 дві=2 двох=2 три=3 трьох=3 чотири=4 п'ять=5 п’ять=5 шість=6 сім=7 вісім=8"
    " дев'ять=9 дев’ять=9 десять=10 дванадцять=12 двадцять=20 тридцять=30 сорок=40 п'ятдесят=50"
    " п’ятдесят=50 шістдесят=60 сімдесят=70 вісімдесят=80 дев'яносто=90 дев’яносто=90 сто=100",
}
_SHARED_MULTIPLIERS = (
    "million=6 millions=6 mio=6 milliard=9 mrd=9 mln=6 mlrd=9 bln=9 млн=6 млрд=9 тыс=3 тис=3 k=3"
    " 万=4 萬=4 亿=8 億=8 만=4 억=8 조=12"
)
_MULTIPLIERS: Mapping[str, str] = {
    "en": "hundred=2 thousand=3 billion=9 billions=9 trillion=12 bn=9 m=6 lakh=5 crore=7 tn=12",
    "de": "hundert=2 tausend=3 millionen=6 milliarde=9 milliarden=9 billion=12 billionen=12",
    "fr": "cents=2 mille=3 milliards=9",
    "es": "mil=3 millón=6 millones=6 billones=12",
    "it": "mila=3 milione=6 milioni=6 miliardo=9 miliardi=9",
    "pt": "mil=3 milhão=6 milhões=6 bilhão=9 bilhões=9 mil_milhões=9",
    "nl": "duizend=3 miljoen=6 miljard=9",
    "pl": "tysiąc=3 tysiące=3 tysięcy=3 tys=3 milion=6 miliony=6 milionów=6 miliard=9 miliardów=9",
    "ru": "тысяча=3 тысячи=3 тысяч=3 миллион=6 миллиона=6 миллионов=6 миллиард=9 миллиарда=9"
    " миллиардов=9",
    "uk": "тисяча=3 тисячі=3 тисяч=3 мільйон=6 мільйони=6 мільйонів=6 мільярд=9 мільярди=9"
    " мільярдів=9",
    "fa": "هزار=3 میلیون=6 میلیارد=9",
    "ar": "ألف=3 آلاف=3 مليون=6 ملايين=6 مليار=9",
}


def _words(written: str) -> frozenset[str]:
    return frozenset(written.split())


UNIT_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("%", "٪", "percent", "pct", "prozent", "procent", "proc", "процентов"), "%"),
    **dict.fromkeys(("процента", "процент", "відсотків", "відсотки", "відсотка"), "%"),
    **dict.fromkeys(("$", "dollar", "dollars", "usd", "dólares", "dollari", "долларов"), "$"),
    **dict.fromkeys(("€", "euro", "euros", "eur", "евро", "євро"), "€"),
    **dict.fromkeys(("£", "pound", "pounds", "pfund", "gbp"), "£"),
    **dict.fromkeys(("¥", "yen", "yuan", "元", "円"), "¥"),
}
"""What turns a bare number into a share or an amount of money."""
MEASURES = _words(
    "km kilometers kilometres kilometer kilometern miles mile meilen m meters metres meter metern"
    " feet foot ft inches cm mm kg kilograms kilogrammes pounds lb lbs tons tonnes tonnen acres"
    " hectares hektar ha celsius fahrenheit degrees grad litres liters gallons barrels mph kmh"
    " km/h knots kilómetros metros millas kilomètres mètres chilometri metri"
)
"""Units of measure: a number before one is not compared with a number before another."""
MORE_THAN = _words(
    "over above than least über mehr mindestens plus más oltre più mais ponad более больше свыше"
    " понад більше exceeding"
)
LESS_THAN = _words("under below nearly almost fast knapp unter presque casi quasi почти")
ABOUT = _words(
    "about around some roughly approximately circa ca rund etwa ungefähr gut environ quelque unos"
    " unas alrededor circa cerca około ok около примерно близько estimated nearly almost fast"
    " knapp presque casi quasi почти майже"
)


def _table(written: str) -> dict[str, int]:
    return {word: int(value) for word, _, value in (one.partition("=") for one in written.split())}


@lru_cache(maxsize=64)
def number_words(language: str) -> Mapping[str, int]:
    """Written-out numbers of a language; none where we know none."""
    return _table(_UNITS.get(language, ""))


@lru_cache(maxsize=64)
def multipliers(language: str) -> Mapping[str, int]:
    """Words that multiply the number before them -> the power of ten."""
    return _table(_SHARED_MULTIPLIERS) | _table(_MULTIPLIERS.get(language, ""))


@lru_cache(maxsize=4096)
def compound(word: str, language: str) -> int | None:
    """The number that one word of two parts is: `twenty-one`, `einundzwanzig`.

    >>> compound("twenty-one", "en"), compound("einundzwanzig", "de"), compound("bilingual", "en")
    (21, 21, None)
    """
    known = number_words(language)
    if language == "de" and "und" in word:
        one, _, ten = word.partition("und")
        low, high = (1 if one == "ein" else known.get(one)), known.get(ten)
    else:
        tens, _, ones = word.partition("-")
        low, high = known.get(ones), known.get(tens)
    if low is None or high is None or not 0 < low < 10 or not 20 <= high <= 90 or high % 10:
        return None
    return low + high
