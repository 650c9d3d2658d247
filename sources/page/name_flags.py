"""What classes and ids of elements are named after, as bits: conventions of many systems.

A name is a hint, never a proof: `sources.page.places` weighs it against what the element holds.
"""

import re
from functools import lru_cache
from itertools import pairwise

CAPTION = 1
CREDIT = 2
IMAGE = 4
COMMENTS = 8
ASIDE = 16
FOOTER = 32
NAVIGATION = 64
HEADER = 128
BYLINE = 256
DATE = 512
STANDFIRST = 1024
NO_NAMES = 2048
"""Beside a byline, and none: pictures, biographies, links to share."""
MODIFIED = 4096
HEADLINE = 8192
STORY = 16384
PAYWALL = 32768
SOURCE = 65536
KICKER = 131072
"""A label above a headline, often inside of its element."""
HIDDEN = 262144
"""For machines and screen readers only."""

_WORDS: dict[int, str] = {
    CAPTION: "caption captions figcaption piccaption imgcaption imagecaption photocaption"
    " bildunterschrift bildtext legende legend legenda epigrafe leyenda didascalia billedtekst"
    " bildtexte"
    " cutline pie-foto subtitle-image",
    CREDIT: "credit credits copyright photographer photocredit imagecredit fotocredit"
    " fotograf fotografo photog rights quelle bildquelle bildnachweis attribution creditline"
    " image-source photo-source picture-source img-source",
    IMAGE: "image images img photo photos picture pictures bild bilder foto fotos media"
    " figure gallery slideshow slide slides video lightbox bildbox",
    COMMENTS: "comment comments commentlist comment-list disqus kommentar kommentare commentaires"
    " comentarios commenti reacties responses respond livefyre coral",
    ASIDE: "related recommend recommended recommendation recommendations sidebar side-bar aside"
    " rail promo promos promotion popular trending most-read mostread most-popular newsletter"
    " read-more readmore more-stories teaser teasers widget outbrain taboola sponsored"
    " advertisement"
    " advert social share sharing sharebar follow signup sign-up subscribe subscription"
    " login collection collections also-read you-may latest-news cookie consent onetrust"
    " relacionadas relacionados relacionado noticias-relacionadas verwandte mas-leidas",
    FOOTER: "footer foot colophon site-info siteinfo imprint",
    NAVIGATION: "nav navbar navigation menu menubar breadcrumb breadcrumbs submenu topnav subnav",
    HEADER: "header masthead topbar top-bar site-header siteheader branding logo",
    BYLINE: "byline bylines by-line author authors authorname writer autor autoren autorin auteur"
    " auteurs autore autrice verfasser redacteur journalist reporter contributor contributors"
    " signature firma fn creator skribent",
    DATE: "date dates datum fecha datetime published publishdate publish-date pubdate pub-date"
    " posted posted-on timestamp time-stamp entry-date post-date dateline data dato datepublished"
    " published-date publishedat publication",
    STANDFIRST: "excerpt subtitle sub-title subhead subheadline standfirst lead lede dek deck"
    " summary intro introduction vorspann chapo entradilla sommario occhiello",
    NO_NAMES: "comment comments respond related teaser teasers promo card bio about avatar image"
    " img photo picture role title job social share follow twitter more recommended popular caption"
    " credit credits",
    MODIFIED: "modified updated update lastmod last-updated",
    HEADLINE: "headline entry-title post-title article-title story-title headline-title",
    STORY: "story article-body articlebody article-content entry-content post-content"
    " story-body storybody entry post article",
    SOURCE: "source sources quelle fuente fonte origin provider agency agencies agentur kilde bron"
    " sourcename sourceline",
    KICKER: "kicker overline topline top-line toptitle top-title roofline dachzeile spitzmarke"
    " eyebrow surtitle surtitre cintillo volanta antetitulo antetítulo pre-title"
    " pretitle ober-zeile oberzeile label",
    HIDDEN: "sr-only visually-hidden visuallyhidden screen-reader-text element-invisible",
    PAYWALL: "paywall paywalled subscribe-wall regwall premium-wall",
}
_BITS: dict[str, int] = {}
for _bit, _listed in _WORDS.items():
    for _word in _listed.split():
        _BITS[_word] = _BITS.get(_word, 0) | _bit
_MAX_PARTS = 40
_NO_DATES = frozenset(("update", "candidate", "mandate", "validate", "liquidate"))
_PICTURED = ("image", "photo", "picture", "foto", "img", "pic")
_BESIDE = ("has-", "has_", "with-", "no-", "without-")
"""Before what an element has beside or inside of it: `has-sidebar` is no sidebar."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PART = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=20_000)
def name_flags(name: str) -> int:
    """The bits of all words, and pairs of words, in a class or id.

    >>> name_flags("article__imageCaption") & (CAPTION | IMAGE) == CAPTION | IMAGE
    True
    """
    flags = 0
    for token in name.split():
        if token.startswith(_BESIDE):
            continue
        parts = _PART.findall(_CAMEL.sub("-", token).lower())[:_MAX_PARTS]
        for part in parts:
            flags |= _BITS.get(part, 0)
            if part.endswith("caption"):
                flags |= CAPTION
            elif part.startswith(_PICTURED) or part.endswith(_PICTURED):
                flags |= IMAGE
            elif part.endswith(("date", "datum")) and part not in _NO_DATES:
                flags |= DATE
        for pair in pairwise(parts):
            flags |= _BITS.get("-".join(pair), 0)
    return flags
