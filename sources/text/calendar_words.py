"""Names of months and weekdays as texts write them."""

from collections.abc import Mapping
from functools import lru_cache

# The months in order, forms of one month joined by a bar.
_MONTHS: Mapping[str, str] = {
    "en": "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug"
    " september|sept|sep october|oct november|nov december|dec",
    "de": "januar|jänner|jan februar|feb märz|mrz april|apr mai juni|jun juli|jul august|aug"
    " september|sep|sept oktober|okt november|nov dezember|dez",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero|ene febrero|feb marzo|mar abril|abr mayo junio|jun julio|jul agosto|ago"
    " septiembre|sept octubre|oct noviembre|nov diciembre|dic",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
    " dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro"
    " dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia|styczeń lutego|luty marca|marzec kwietnia|kwiecień maja|maj czerwca|czerwiec"
    " lipca|lipiec sierpnia|sierpień września|wrzesień października|październik"
    " listopada|listopad grudnia|grudzień",
    "ru": "января|январь февраля|февраль марта|март апреля|апрель мая|май июня|июнь июля|июль"
    " августа|август сентября|сентябрь октября|октябрь ноября|ноябрь декабря|декабрь",
    "uk": "січня|січень лютого|лютий березня|березень квітня|квітень травня|травень червня|червень"
    " липня|липень серпня|серпень вересня|вересень жовтня|жовтень листопада|листопад"
    " грудня|грудень",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
}
_WEEKDAYS: Mapping[str, str] = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "de": "montag|montags|montagabend|montagmorgen|montagnachmittag"
    " dienstag|dienstags|dienstagabend|dienstagmorgen|dienstagnachmittag"
    " mittwoch|mittwochs|mittwochabend|mittwochmorgen|mittwochnachmittag"
    " donnerstag|donnerstags|donnerstagabend|donnerstagmorgen|donnerstagnachmittag"
    " freitag|freitags|freitagabend|freitagmorgen|freitagnachmittag"
    " samstag|samstags|sonnabend|samstagabend|samstagmorgen|samstagnachmittag"
    " sonntag|sonntags|sonntagabend|sonntagmorgen|sonntagnachmittag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "pl": "poniedziałek wtorek środę|środa czwartek piątek sobotę|sobota niedzielę|niedziela",
    "ru": "понедельник вторник среду|среда четверг пятницу|пятница субботу|суббота воскресенье",
    "uk": "понеділок вівторок середу|середа четвер п'ятницю|п’ятницю|п’ятниця суботу|субота неділю",
    "tr": "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
}

LANGUAGES = tuple(_MONTHS)
"""Whose months are known."""


@lru_cache(maxsize=64)
def months(language: str) -> Mapping[str, int]:
    """Month names of a language -> 1 to 12."""
    return _numbered(_MONTHS.get(language, ""))


@lru_cache(maxsize=64)
def weekdays(language: str) -> Mapping[str, int]:
    """Weekday names of a language -> 1 (Monday) to 7."""
    return _numbered(_WEEKDAYS.get(language, ""))


def _numbered(written: str) -> dict[str, int]:
    return {
        form: number for number, forms in enumerate(written.split(), 1) for form in forms.split("|")
    }
