"""Credits that name where a text is from, in the wordings of some twenty languages.

A credit is a line of its own, or a sentence about `this article`; a sentence of the story that
names an outlet is none. A picture's credit never counts: its labels (`Image source:`, `图片来源`,
`사진 출처`) are no labels of a text, and every label here stands at the beginning of its line.
"""

import re
from collections.abc import Iterator

from sources.credits.agencies import AGENCIES, agencies_in, agency
from sources.credits.outlet_names import is_marked_outlet, outlet_name_in

MAX_CREDIT_CHARS = 300
_MAX_LABELLED_CHARS = 140
_OPEN = r"[\s(\[（【*_–—-]{0,4}"
_LABEL = re.compile(
    rf"(?i){_OPEN}(?:"
    r"sources?|original source|news source|quellen?|textquelle|erstveröffentlichung"
    r"|fuentes?|fontes?|fonti?|źródło|źródła|bron|bronnen|källa|källor|kilder?|lähde|lähteet"
    r"|zdroj|forrás|sursa|izvor|vir|allikas|avots|šaltinis|burim|kaynak|nguồn|sumber|πηγή"
    r"|джерел[оа]|источники?|крыніца|източник|извор"
    r"|منبع|منابع|المصدر|مصدر|المصادر|מקור|स्रोत|ที่มา"
    r"|(?:文章|稿件|消息|新闻|新聞|本文|资料|原文)?(?:来源|來源|稿源|出处|出處)|来源网站|原标题来源"
    r"|出典|引用元|提供|配信|情報提供|(?:기사\s?)?출처|자료\s?출처"
    r")\s?(?:[:：=＝]|\s[-–—]\s)\s?(?P<rest>.+)"
)
_WORKED_WITH = re.compile(
    rf"(?i){_OPEN}(?:"
    r"(?:with )?(?:additional )?(?:information|inputs?|material|files) from"
    r"|mit (?:informationen|material|inhalten|agenturmaterial) (?:von|der|des)"
    r"|(?:unter )?verwendung von (?:informationen|(?:agentur)?material|inhalten) (?:von|der|des)"
    r"|con (?:información|informaciones|datos|material|informazioni) (?:de|del|di|da|dal|della)"
    r"|com (?:informações|informação|material) (?:d[aeo]s?)|avec (?:des )?informations? d[eu]"
    r"|met (?:informatie|medewerking) van|med (?:material|information|opplysninger) från"
    r"|за (?:матеріалами|інформацією|повідомленням)|по (?:материалам|информации|сообщению)"
    r"|na podstawie|z wykorzystaniem materiałów|به نقل از|برگرفته از|نقلا عن|نقلًا عن|بالاتفاق مع"
    r"|via|übernommen (?:von|aus)|mit freundlicher genehmigung (?:von|der|des)"
    r"|repris de|tomado de|tratto da|retirado de|overgenomen van|转载自|转自|轉載自|本文转载自"
    r"|本文轉載自|本文(?:原|首)?(?:载于|載於|发于|發於|刊于|发表于)|原载于?|首发于?|摘自"
    r")\s?[:：]?\s?(?P<rest>.+)"
)
_THIS_EN = r"(?:th(?:is|e) (?:\w+ )?(?:article|story|piece|report|post|text|column|interview) )?"
_PUBLISHED = re.compile(
    rf"(?i){_OPEN}(?:"
    rf"{_THIS_EN}(?:(?:was|is|has been|were) )?(?:originally |first |previously |re-?)"
    r"(?:published|appeared|posted|printed|produced|written|reported|ran|aired)"
    r"(?: with (?:the )?permission)?(?: (?:on|in|by|at|from|of|for|through))"
    r"|(?:the|an) (?:original )?version of this (?:article|story|piece|report) "
    r"(?:was |originally |first )*(?:published|appeared|ran)(?: (?:on|in|by|at))"
    r"|this (?:article|story|piece|report|content|post) (?:is|was|has been|comes|appears)\s?"
    r"(?:here )?(?:provided|produced|supplied|written|republished|reproduced|reprinted|syndicated"
    r"|licensed|to you)?(?: with (?:the )?permission)?(?: courtesy)? (?:by|from|of|through)"
    r"|(?:this )?(?:article|story|report|piece|text|content) courtesy of"
    r"|re(?:-?published|printed|produced) (?:here )?(?:with (?:the )?(?:kind )?permission )?"
    r"(?:from|by|of)"
    r"|(?:die(?:ser|se|ses) |der |das )?(?:text|artikel|beitrag|bericht|interview|kommentar)"
    r"(?: \w+){0,2}? (?:erschien|ist|wurde)(?: \w+)? (?:zuerst|zunächst|ursprünglich|erstmals)"
    r"(?: (?:erschienen|veröffentlicht|publiziert))? (?:bei|auf|in|im|von|unter)(?: der| dem)?"
    r"|(?:zuerst|ursprünglich|erstmals) (?:erschienen|veröffentlicht|publiziert) (?:bei|auf|in|im)"
    r"|(?:cet |l['’])?(?:article|texte|tribune)(?: (?:a été|est|a d['’]abord été|est d['’]abord))?"
    r"(?: (?:initialement|d['’]abord|à l['’]origine|originellement))? (?:publié|paru)e?"
    r"(?: (?:initialement|d['’]abord|à l['’]origine|originellement|pour la première fois)){0,1}"
    r" (?:par|sur|dans|en|chez)"
    r"|(?:est[ea] |el |la )?(?:artículo|nota|texto|noticia|reportaje)?\s?"
    r"(?:se publicó|fue publicad[oa]|ha sido publicad[oa]|apareció|publicad[oa]) "
    r"(?:originalmente|originariamente|inicialmente|primero|por primera vez) (?:en|por)"
    r"|(?:quest[oa] |l['’])?(?:articolo|testo|pezzo)(?: è)?(?: stato| apparso)? "
    r"(?:(?:originariamente|inizialmente|originalmente) )?(?:pubblicato|apparso|uscito)"
    r"(?: (?:originariamente|inizialmente|originalmente|per la prima volta))? (?:su|da|in|sul|dal)"
    r"|(?:est[ea] |o |a )?(?:artigo|texto|matéria|reportagem)?\s?(?:foi )?publicad[oa] "
    r"(?:originalmente|inicialmente|primeiro|pela primeira vez) (?:em|n[oa]|por|pel[oa])"
    r"|(?:ten )?(?:artykuł|tekst|materiał)(?: \w+)? (?:ukazał się|opublikowan[oy]|został)"
    r"(?: (?:pierwotnie|po raz pierwszy|najpierw))?(?: opublikowany)? (?:w|na|przez)"
    r"|(?:tekst |artykuł )?pierwotnie opublikowan[oy] (?:w|na|przez)"
    r"|(?:dit |het )?(?:artikel|stuk|verhaal) (?:verscheen|is|werd) (?:eerder|oorspronkelijk|eerst)"
    r"(?: (?:gepubliceerd|verschenen))? (?:in|op|bij|door)"
    r"|(?:artikeln|texten) (?:publicerades|har publicerats) (?:först|ursprungligen|tidigare) "
    r"(?:i|på|av|hos)"
    r"|(?:матеріал |статтю |текст )?(?:вперше|спочатку|первинно) опублікован[оаий]{1,2} "
    r"(?:на|у|в|виданням|сайті)"
    r"|(?:материал |статья |текст )?(?:впервые|первоначально|изначально) опубликован[оаы]? "
    r"(?:на|в|изданием|сайте)"
    r")\s?[:：]?\s?(?P<rest>.+)"
)
_NAME_FIRST = re.compile(
    r"(?:本文|この記事は|本記事は|当記事は|※)?[「『]?(?P<name>[^\s「」『』、。]{2,24})[」』]?"
    r"(?:から|より)(?:の)?(?:転載|提供|配信|引用)"
    r"|(?:이 기사는|본 기사는) (?P<name2>[^\n,]{2,30}?)(?:에서|에|이|가) "
    r"(?:처음|먼저|최초로|제공|게재|작성)"
    r"|(?:(?:İlk olarak|Bu (?:yazı|haber|makale) ilk olarak) )(?P<name3>[^\n,]{2,40}?)"
    r"['’](?:de|da|te|ta) yayımlan"
    r"|این (?:مطلب|گزارش|خبر|مقاله) (?:نخستین بار|اولین بار|ابتدا) در (?P<name4>[^\n،]{2,40}?) "
    r"منتشر"
    r"|نُ?شر هذا (?:المقال|التقرير|الخبر) (?:أولا|أولًا|لأول مرة|أصلا) (?:في|على) "
    r"(?P<name5>[^\n،.]{2,40})"
)
_REPORTED_FOR = re.compile(
    r"(?:[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w'’.-]{0,20}\s){2,4}"
    r"(?:reports?|reported|writes|wrote|contributed) (?:this (?:article|story) )?for "
    r"(?P<rest>[^\n]{2,80})|[A-ZÀ-Þ][\w'’.-]{1,20}\s[A-ZÀ-Þ][\w'’.-]{1,20} (?:berichtet(?:e)?"
    r"|schrieb|schreibt) für (?P<rest2>[^\n]{2,80})"
)
_REPRINTED = re.compile(
    r"(?i)\bre-?(?:published|posted|printed|produced)\b(?!.*\b(?:from|of|permission|courtesy)\b)"
)
_MAX_OTHER_WORDS = 4
"""Beside agencies in a credit of them; what has more goes on as a sentence."""
_LOOKS_LIKE_OUTLET = re.compile(
    r"(?:The|La|Le|Les|El|Los|Il|Lo|O|A|Der|Die|Das|De|Het|L['’])\s?[A-Z]|[\w-]+(?:\.[\w-]+)+$"
)
_SEVERAL = re.compile(r"\s?[,/;、]\s?|\s(?:and|und|et|y|&|i|та|и)\s")
# A person may stand behind these, so that the name has to be an outlet's by its looks.
_WITH = re.compile(
    rf"(?i){_OPEN}(?:avec|con|com|mit|med|met|(?:with )?(?:additional )?reporting (?:by|from)|with)"
    r"\s(?P<rest>[^\n]{2,60}?)[)\]）.]?"
)
# All of them hold a letter that is not ASCII.
_NAMING = re.compile("転載|提供|配信|引用|기사는|yayımlan|این |شر هذا")
OPENED = (_LABEL, _WORKED_WITH, _PUBLISHED, _WITH)
"""What a line that credits an outlet matches at its beginning, but for those of may_name."""


def may_name(line: str) -> bool:
    """False only where a line that nothing in OPENED may open credits nobody."""
    if " for " in line or " für " in line:
        return len(line) <= _MAX_LABELLED_CHARS
    return not line.isascii() and _NAMING.search(line) is not None


def credited(line: str, is_at_edge: bool) -> Iterator[str]:
    """The outlets and agencies that a line credits the text to, as written.

    Args:
        line: one line of a story.
        is_at_edge: it is among the first or last few lines, where labelled credits stand.
    """
    if len(line) > MAX_CREDIT_CHARS:
        return
    if is_at_edge and len(line) <= _MAX_LABELLED_CHARS:
        yield from _labelled(line)
    published = _PUBLISHED.match(line)
    is_origin = published is not None and not _is_reprint(line[: published.start("rest")])
    if published is not None and is_origin and (name := outlet_name_in(published["rest"])):
        yield name
    named = _NAME_FIRST.match(line)
    if named is not None:
        found = next(group for group in named.groups() if group)
        if name := outlet_name_in(found):
            yield name


def _is_reprint(opening: str) -> bool:
    """Whether a wording tells where the text was printed again, which credits nobody.

    >>> _is_reprint("This article was reprinted on "), _is_reprint("Republished from ")
    (True, False)
    """
    return _REPRINTED.search(opening) is not None


def _labelled(line: str) -> Iterator[str]:
    label = _LABEL.fullmatch(line) or _WORKED_WITH.fullmatch(line)
    if label is not None:
        yield from filter(_is_telling, _names(label["rest"]))
        return
    reported = _REPORTED_FOR.fullmatch(line)
    if reported is not None and (name := outlet_name_in(reported["rest"] or reported["rest2"])):
        yield name
        return
    helped = _WITH.fullmatch(line)
    if helped is not None and is_marked_outlet(helped["rest"]):
        yield helped["rest"]


def _is_telling(name: str) -> bool:
    """Whether a name behind a label is an outlet's by its looks; `CDC` is whose the figures are."""
    return (
        not name.isascii()
        or agency(name) is not None
        or is_marked_outlet(name)
        or _LOOKS_LIKE_OUTLET.match(name) is not None
    )


def _names(rest: str) -> Iterator[str]:
    """The names in `dpa, Northlight Press and ntv.de`: several where an agency is among them."""
    parts = [part for part in _SEVERAL.split(rest) if part]
    are_names = all(len(part.split()) <= _MAX_OTHER_WORDS for part in parts)
    if len(parts) > 1 and are_names and any(agency(part) for part in parts):
        for part in parts:
            if name := agency(part) or outlet_name_in(part):
                yield name
        return
    if len(parts) > 1 and are_names and rest.isascii() and "," in rest:
        return  # a list of whom the figures are from
    whole = outlet_name_in(rest)
    # a sentence goes on behind the name: no credit, but what somebody says
    if whole is not None and len(rest) - len(whole) <= 60:
        yield whole
    elif (found := agencies_in(rest)) and len(AGENCIES.sub(" ", rest).split()) <= _MAX_OTHER_WORDS:
        yield from found
