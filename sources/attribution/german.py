"""How German sentences say who says so, indirect speech included, and that nobody is named."""

from sources.attribution.rules import CLOSED, OPENED, one_of, rules

_SURE = one_of(
    "sagte sagten sagt erklärte erklärten betonte betonten berichtete berichteten mitteilte"
    " mitteilten mitgeteilt_hat mitgeteilt_hatte mitgeteilt_haben hieß_es heißt_es verlautete"
    " zitierte zitiert"
)
_VERBS = one_of(
    "meinte meinten meint kritisierte kritisierten warnte warnten warnt forderte forderten"
    " bestätigte bestätigten versicherte versicherten ergänzte ergänzten schrieb schrieben äußerte"
    " äußerten behauptete behaupteten beteuerte verkündete verkündeten urteilte lobte beklagte"
    " beklagten klagte antwortete entgegnete erläuterte erläuterten erklärt betont unterstrich"
    " versprach vermutete schätzte schätzten erzählte erzählten erzählt argumentierte stellte_klar"
    " räumte_ein räumten_ein fügte_hinzu gab_an gaben_an gab_bekannt gaben_bekannt kündigte_an"
    " kündigten_an teilte_mit teilten_mit"
)
_PERSON = r"(?:(?:er|sie|es|man|der|die|das|eine?|seine?|ihre?)\b|[A-ZÄÖÜ])"
# the subjunctive of indirect speech, where it differs from the indicative
_REPORTED = one_of(
    "sei seien habe werde könne müsse solle dürfe wolle gebe gehe komme lasse bleibe stehe liege"
    " sehe wisse brauche halte führe nehme"
)
_SAYINGS = one_of(
    "Angaben Auskunft Darstellung Einschätzung Worten Aussagen? Ansicht Meinung Informationen"
    " Erkenntnissen"
)
_CIRCLES = (
    "(?:Kreisen|"
    + one_of(
        "Regierungs Koalitions Partei Fraktions Sicherheits Ermittler Ermittlungs Justiz Finanz"
        " Branchen Unternehmens Konzern Banken Diplomaten Militär Industrie Vereins Verhandlungs"
        " Polizei Unions Ministeriums Verwaltungs Gewerkschafts Armee EU-"
    )
    + "kreisen)"
)
_PEOPLE = r"[\wäöüß-]*?" + one_of(
    "[Bb]eamte[rn]? [Bb]eamtin [Dd]iplomat(?:en|in)? [Mm]itarbeiter(?:in|innen)?"
    " [Rr]egierungsvertreter(?:in)? [Ff]unktionär(?:e|in)? [Ii]nsider(?:in|n)? [Zz]eug(?:e|in)"
    " [Hh]ändler [Bb]eteiligter? [Vv]ertraute[rn]?"
)
_BESIDE = one_of(
    "findet glaubt weiß sieht mahnt mahnte fragt fragte ruft rief erinnert_sich freut_sich"
)
_SOME = r"(?:[Ee]ine?|[Ee]inem|[Ee]iner|[Mm]ehrere|[Zz]wei|[Dd]rei|[Ee]inige) (?:[\wäöüß-]+ ){0,3}?"
_AFFAIRS = one_of(
    "der_Sache den_Plänen den_Vorgängen dem_Vorgang der_Angelegenheit den_Gesprächen"
    " den_Verhandlungen"
)

GERMAN = rules(
    unsaid=(
        r"(?i:\b(?:es sei denn|sei es|wie dem auch sei|gott sei dank)\b)",
        rf"\b[Ii]ch (?:[\wäöüß]+ ){{0,3}}?{_REPORTED}\b",
        rf"\b(?:{_REPORTED}|Habe|Werde|Gehe|Sehe|Gebe) ich\b",
        r"\b(?:offen|ehrlich|kurz|genau|nebenbei|streng|so|wie) gesagt\b|\bman sagt\b",
    ),
    attributed=(
        rf"\b{_SURE}\b",
        r"\b[A-ZÄÖÜ]\w+ sagen\b|\bsagen (?:die |viele |einige )?[A-ZÄÖÜ]",
        r"\bteilten?\b[^.;]{0,120}\bmit\b|\bfügten?\b[^.;]{0,60}\bhinzu\b",
        r"\b(?:gab|gaben)\b[^.;]{0,120}\b(?:an|bekannt|zu Protokoll)\b[.,;: ]",
        r"\bräumten?\b[^.;]{0,120}\bein\b|\bkündigten?\b[^.;]{0,120}\ban\b",
        r"\b[Ll]aut (?:[A-ZÄÖÜ]|eigene|"
        + one_of("de[rms] eine[mr] seine[mrn]? ihre[mrn]? diese[mrn]?")
        + r"\b)",
        rf"\bzufolge\b|\b[Nn]ach (?:\w+ ){{0,2}}{_SAYINGS}\b",
        rf", so {_PERSON}[^,;:.!?]{{0,80}}[.,;“\"«]",
        rf"\b{_VERBS}\b[^.;]{{0,120}}, (?:dass|wie|ob|warum)\b",
        rf"{CLOSED},? ?(?:[\w.-]+ ){{0,3}}?{_VERBS}\b",
        rf"\b{_VERBS}\b[^.;]{{0,80}}[:,] ?{OPENED}",
        rf", {_VERBS} {_PERSON}",
        # beside a quotation only: `Regnet es, findet das Fest im Saal statt`
        rf"{CLOSED},? ?{_BESIDE} {_PERSON}|\bsprach(?:en)? von [^.;]{{0,40}}{OPENED}",
        r"\b[Aa]us (?:der )?Sicht (?:von|vom|der|des)\b",
        r"\b(?:verwies(?:en)? [^.;]{0,60}darauf|zeigten? sich [^.;,]{0,40}"
        r"|geh(?:t|en)\b[^.;]{0,60}davon aus), dass\b",
        rf"\b{_REPORTED}\b",
    ),
    unnamed=(
        rf"\b(?:[Aa]us|[Ii]n) (?:\w+ ){{0,3}}?{_CIRCLES}\b|\b{_CIRCLES} zufolge\b",
        r"\b[Aa]us (?:dem|seinem|ihrem) (?:enge[rn]\w* )?Umfeld\b",
        r"\b(?:seinen|ihren) Namen (?:nicht|lieber nicht)\b",
        r"\binformierte[nr]? Kreise\b|\b[Ii]nsidern?\b|\b[Ee]ingeweihten?\b",
        r"\b[Ii]nformant(?:en|in|innen)?\b|\bohne Namensnennung\b",
        r"\b(?:nicht namentlich|namentlich nicht|nicht mit Namen|nicht beim Namen)\b",
        r"\b(?:anonym|ungenannt|unerkannt) (?:zu )?bleib(?:en|t|ende)\b",
        r"\bBedingung (?:der |von )?Anonymität\b|\bAnonymität (?:gebeten|bat|wünscht)",
        r"\bnicht (?:genannt|zitiert|identifiziert) werden (?:will|woll(?:te|t?en)|möchten?)\b",
        r"\b(?:anonyme|ungenannte|namenlose)[nr]? "
        + one_of("Quellen? Beamte[rn]? Mitarbeiter Zeugen? Informanten"),
        r"\bQuellen? (?:[\wäöüß-]+ ){0,6}?"
        + one_of("sagten? sagt berichteten? bestätigten? erklärten?")
        + r"\b",
        r"\b(?:mehreren|informierten|ungenannten) Quellen\b",
        rf"\bmit {_AFFAIRS} vertraut(?:en?|er)?\b",
        rf"\b{_SOME}{_PEOPLE} (?:{_SURE}|{_VERBS}|teilten?|gab|gaben|räumten?)\b",
        rf"\b(?:{_SURE}|{_VERBS}|so) {_SOME}{_PEOPLE}"
        r"(?:[.;,]|$| (?:aus|der|des|in|im|beim|bei)\b)",
    ),
)
