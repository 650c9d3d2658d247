"""How English sentences say who says so, and that the speaker has no name."""

from sources.attribution.rules import CLOSED, OPENED, one_of, rules

_SURE = one_of("said says")
_VERBS = one_of(
    "added adds noted notes stated states explained explains announced confirmed warned warns"
    " argued argues claimed claims insisted insists acknowledged admitted denied stressed"
    " emphasised emphasized recalled replied wrote testified conceded maintained asserted alleged"
    " reported estimated predicted cautioned reiterated disclosed revealed declared concluded"
    " suggested complained contended pledged vowed told asked continued believes believed estimates"
    " recalls tweeted posted"
)
_PERSON = (
    r"(?:he|she|they|it|who|we|I|the (?:[\w’'-]+ ){0,5}?[\w’'-]+"
    r"|[A-Z][\w.’'-]*(?: [\w.’'-]+){0,5}?)"
)
_LISTENERS = one_of(
    "the_ a_ an_ his_ her_ their_ its_ reporters journalists lawmakers investors parliament police"
    r" state local residents him\b her\b us\b them\b me\b"
)
_SPEAKERS = r"(?:an? (?:[\w’'-]+ ){0,4}?[\w’'-]+|(?:[a-z-]+ ){0,2}[a-z]+s)"
_STUDIES = one_of("study studies report reports survey analysis review inquiry data figures poll")
_FOUND = one_of("found finds show shows showed suggest suggests suggested indicate indicates")
_GOES_ON = one_of("on in during late at to by after before when as while yesterday today")
_PEOPLE = one_of(
    "officials? diplomats? aides? advis[eo]rs? insiders? executives? employees? staffers?"
    " lawmakers? traders? bankers? officers? witness(?:es)? person people"
)
_SOME = (
    r"(?:[Aa]n?|[Oo]ne|[Aa]nother|[Tt]wo|[Tt]hree|[Ff]our|[Ss]everal|[Ss]ome|[Mm]ultiple) "
    r"(?:[\w.’'-]+ ){0,3}?"
)
_INFORMED = r"(?:familiar with|close to|briefed on|with (?:\w+ )?knowledge of)"

ENGLISH = rules(
    unsaid=(
        r"(?i:\bthat (?:being )?said,|\b(?:easier|sooner|less|more) said\b|\bhaving said that\b)",
        r"\b(?:is|are|was|were|be|been|being) (?:widely |often |also |reportedly )?"
        + one_of("said told reported alleged claimed estimated announced confirmed rumou?red")
        + r"\b",
        r"\b(?:when all is|as i|enough|left un|nuff) ?said\b|\bsaid and done\b|\bthe said\b",
        r"\b[Aa]ccording to "
        + one_of("plans? schedule size age tastes? needs? custom tradition rank height weight")
        + r"\b",
    ),
    attributed=(
        rf"\b{_SURE}\b",
        r"\b(?:\w+s|police|people|they|who|many|some|few) say\b",
        r"\b(?:[Aa]ccording to|[Ii]n the (?:words|view) of|(?:cited|quoted) by|quoted as saying)\b",
        rf"\btold (?:[A-Z]|{_LISTENERS})",
        rf"\b{_VERBS}(?: on \w+day| in an? \w+)? that\b",
        rf"{CLOSED},? ?{_PERSON} {_VERBS}\b",
        rf"{CLOSED},? ?{_VERBS} (?:[A-Z]|the |an? |he\b|she\b|they\b)",
        rf"\b{_VERBS}(?: [\w’'-]+){{0,4}}[,:] ?{OPENED}",
        rf", {_PERSON} {_VERBS}(?:[.,;:]|$| {_GOES_ON} )",
        rf", {_SPEAKERS} {_VERBS}(?:[.,;:]|$| {_GOES_ON} )",
        rf"\b(?i:{_STUDIES})(?: [\w’'-]+){{0,6}}? {_FOUND} that\b",
        rf", an? {_STUDIES}(?: [\w’'-]+){{0,6}}? found\.",
        rf"{CLOSED},? ?(?:[a-z-]+ ){{1,3}}[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){{0,3}} {_VERBS}\b",
        rf"\bdescrib(?:ed|es|ing) [^.;“\"]{{1,60}} as {OPENED}",
    ),
    unnamed=(
        r"\bcondition of anonymity\b"
        r"|\b(?:request(?:ed|ing)|granted|seeking|sought|asking for|asked for) anonymity\b",
        r"\bnot (?:to )?be (?:\w+ )?(?:named|identified|quoted by name)\b",
        r"\b(?:declined|refused|unwilling|reluctant) to be (?:named|identified|quoted)\b",
        r"\bnot (?:wish|want|wishing|wanting) to be (?:named|identified)\b",
        r"\bnot want (?:his|her|their) names?\b|\bwithh(?:eld|old\w*) (?:his|her|their) names?\b",
        r"\b(?:remain|stay)(?:ing)? (?:anonymous|unnamed|unidentified)\b|\banonymously\b",
        r"\bnot (?:been )?authori[sz]ed to (?:speak|comment|discuss|talk|brief|share)\b",
        rf"\b(?:[Uu]nnamed|[Uu]nidentified|[Aa]nonymous) (?:\w+ ){{0,3}}?(?:{_PEOPLE}|sources?)\b",
        rf"\b(?:[Ss]ources?|[Ii]nsiders?) (?:[\w.’'-]+ ){{0,6}}?(?:{_SURE}|say|{_VERBS})\b",
        rf"\b(?:[Aa]ccording to|{_SURE}|say) (?:[\w.’'-]+ ){{0,4}}?(?:sources?|insiders?)\b",
        rf"\b(?:{_PEOPLE}|[Pp]eople|[Oo]fficials|sources?),? (?:who \w+ )?{_INFORMED}\b",
        rf"\b{_SOME}{_PEOPLE} (?:{_SURE}|say|{_VERBS})\b",
        rf"\b(?:{_SURE}|{_VERBS}|to) {_SOME}{_PEOPLE}"
        r"(?:[.;]|$| (?:who|close|familiar|with|at|in|from)\b)",
    ),
)
