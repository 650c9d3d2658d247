"""Lines of a page that are no story: share and subscribe lines, links to other stories, notices."""

import re

_SHARE = re.compile(
    r"(?i)(?:please )?(?:share|tweet|pin|teilen|partager|compartir|condividi|artikel teilen|delen)"
    r"(?: (?:this|the|on|via|it|diesen|cet|este|questo|auf|sur|en|su)\b[^.!?]{0,40})?[!:.]?"
    r"|(?:print|drucken|imprimir|copy link|link kopieren|facebook|twitter|whatsapp|email|e-mail)"
    r"(?:[ ,|/]{1,3}(?:print|facebook|twitter|whatsapp|e-?mail|telegram|linkedin|x)){0,8}"
    r"|(?:follow|folgen sie|suivez|síguenos)\b.{0,60}\b(?:facebook|twitter|instagram|telegram|x"
    r"|whatsapp|social media|tiktok|youtube)\b.{0,40}"
    r"|(?:advertisement|anzeige|werbung|publicité|publicidad|story continues below"
    r"|advertisement continues below|article content|recommended videos?|loading\W{0,3})"
    r"|(?:read more|read also|also read|see also|more on this"
    r"|related(?: (?:articles|stories|content))?|lesen sie auch|auch interessant|mehr zum thema"
    r"|das könnte sie auch interessieren|lire aussi"
    r"|leia também|lee también|leggi anche|czytaj więcej|читайте также"
    r"|بیشتر بخوانید|اقرأ أيضا)\W{0,3}"
    r"|(?:read more|read also|also read|see also|lesen sie auch|lire aussi|lee también|leggi anche"
    r"|читайте также)\s?[:>»|–—-]\s?.{1,200}"
)
_SUBSCRIBE = re.compile(
    r"(?i)(?:sign up|subscribe|register|jetzt abonnieren|abonnieren sie|abonnez-vous|suscríbete"
    r"|iscriviti|get (?:the|our|your) .{0,40}newsletter|newsletter\b|melden sie sich)\b.{0,160}"
)
_SUBSCRIBE_WORDS = re.compile(
    r"(?i)newsletter|subscri|inbox|e-?mail|whatsapp|abonn|suscr|iscriv|sign up$|push"
)
_CORRECTION = re.compile(
    r"(?i)[(\[*_]{0,3}(?:editor['’]s note:? .{0,40}\b(?:correct|updat|earlier version)"
    r"|corrections?(?: (?:and|&) clarifications?)?(?:\s?\([^()]{1,30}\))?\s?[:–—-]"
    r"|clarification\s?[:–—-]"
    r"|(?:this|the) (?:story|article|report|piece|post|headline) (?:has been|was) "
    r"(?:corrected|updated|amended)"
    r"|(?:an earlier|a previous) version of this (?:story|article|report)"
    r"|korrektur\w{0,10}\s?[:–—-]|anmerkung der redaktion\s?[:–—-]"
    r"|in einer (?:früheren|vorherigen) (?:version|fassung)"
    r"|(?:dieser|der) (?:artikel|text|beitrag) wurde .{0,60}(?:korrigiert|aktualisiert|ergänzt)"
    r"|cet article a été (?:corrigé|mis à jour)|este artículo (?:ha sido|fue) (?:corr|actual)"
    r"|rectificatif\s?[:–—-]|fe de errores|errata\s?[:–—-])"
)
NOTICES = (_SHARE, _SUBSCRIBE, _CORRECTION)
"""What any of these lines matches from its first character on."""


def is_share_line(line: str) -> bool:
    """True for lines that offer to share the page or lead to other pages.

    >>> is_share_line("SHARE THIS ARTICLE"), is_share_line("Share prices fell.")
    (True, False)
    """
    return len(line) <= 260 and _SHARE.fullmatch(line) is not None


def is_subscribe_line(line: str) -> bool:
    """True for lines that ask the reader to subscribe or sign up."""
    return (
        len(line) <= 200
        and _SUBSCRIBE.match(line) is not None
        and _SUBSCRIBE_WORDS.search(line) is not None
    )


def is_correction(line: str) -> bool:
    """True for lines that say the story was corrected or updated."""
    return len(line) <= 1_000 and _CORRECTION.match(line) is not None
