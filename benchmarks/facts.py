"""Precision and recall of what copytrail says of made pages, beside a plain script's.

uv run python benchmarks/facts.py [--pages 400] [--clusters 400] [--half held] [--seed 1]

Pages word their credits, notices and bylines in phrases of one half of facts_phrases.toml; rules
were written against the half `seen`. All truth is known by construction.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import facts_baseline as plain
from facts_clusters import MadeVersions, as_members, made_cluster, made_versions
from facts_pages import FULL, PHRASES, MadePage, made_page

from schemas.article import Article
from schemas.page import Page
from sources.credits.agencies import agencies_in
from sources.disagreements.disagreements import disagreements
from sources.extraction.extract import extract_article
from sources.limits import Limits
from sources.metadata.person_names import folded
from sources.stories.sightings import TimeRules
from sources.stories.timeline import timeline
from sources.stories.versions import named_by
from sources.text.calendar_words import months

MIN_GAP_S = 120


@dataclass
class Score:
    """Counts of what was said rightly, said wrongly, and not said."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, said: set[str], true: set[str]) -> None:
        """One page or cluster."""
        self.right += len(said & true)
        self.wrong += len(said - true)
        self.missed += len(true - said)

    @property
    def precision(self) -> float:
        """Of what was said, the share that is true."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of what is true, the share that was said."""
        return self.right / max(1, self.right + self.missed)


@dataclass
class Scores:
    """Ours and the plain script's for one fact in one language."""

    ours: Score = field(default_factory=Score)
    plain: Score = field(default_factory=Score)


Table = dict[tuple[str, str], Scores]


def score_pages(pages: Iterable[MadePage], table: Table) -> None:
    """Adds the facts of single pages."""
    for page in pages:
        ours, theirs, true = said(page), said_plainly(page), truth(page)
        for fact, wanted in true.items():
            if page.language not in FULL and fact not in (
                "credit of an outlet",
                "credit of an agency",
            ):
                continue
            language = page.language if page.language in FULL else "14 others"
            scores = table[fact, language]
            scores.ours.add(ours[fact], wanted)
            scores.plain.add(theirs[fact], wanted)


def truth(page: MadePage) -> dict[str, set[str]]:
    """What the page was made to say."""
    return {
        "credit of an outlet": {folded(outlet) for outlet in page.outlets},
        "credit of an agency": set(page.wires),
        "photo credit": set(page.photos),
        "correction": {"yes"} if page.is_corrected else set(),
        "byline": {folded(author) for author in page.authors},
        "dateline": {folded(page.place)} if page.place else set(),
    }


def said(page: MadePage) -> dict[str, set[str]]:
    """What copytrail says of it."""
    made = Page("made", 0, page.url, page.html.encode(), "text/html", "utf-8", page.fetched_at)
    article = extract_article(made, Limits())
    assert isinstance(article, Article), (article, page.html)
    photos = {name for credit in article.photo_credits for name in agencies_in(credit)}
    return {
        "credit of an outlet": {folded(credit) for credit in article.outlet_credits},
        "credit of an agency": set(article.wire_credits),
        "photo credit": photos,
        "correction": {"yes"} if article.corrections else set(),
        "byline": {folded(author) for author in article.authors},
        "dateline": _place(article.dateline, page.place),
    }


def said_plainly(page: MadePage) -> dict[str, set[str]]:
    """What a plain script says of it."""
    document = plain.metadata(page.html, page.url)
    text = (document.text or "").removeprefix(f"{document.title}\n") if document else ""
    author = (document.author or "") if document else ""
    return {
        "credit of an outlet": {folded(outlet) for outlet in plain.outlets(text)},
        "credit of an agency": plain.wires(text),
        "photo credit": plain.wires(page.html) if "figcaption" in page.html else set(),
        "correction": {"yes"} if plain.is_corrected(text) else set(),
        "byline": {folded(part) for part in author.split(";") if part.strip()},
        "dateline": _place(plain.place(text), page.place),
    }


def _place(stated: str | None, wanted: str | None) -> set[str]:
    """The place that a dateline begins with, as the truth names it, else all that was told."""
    if not stated:
        return set()
    return (
        {folded(wanted)}
        if wanted and folded(stated).startswith(folded(wanted))
        else {folded(stated)}
    )


def score_versions(seeds: Iterable[int], language: str, table: Table) -> None:
    """Adds the facts on which versions differ."""
    for seed in seeds:
        made = made_versions(seed, language)
        rows = _rows(made, language)
        for kind in ("number", "date", "quote"):
            true = {
                _key(difference.values)
                for difference in made.differences
                if difference.kind == kind
            }
            scores = table[f"disagreement: {kind}", language]
            scores.ours.add({key for kind_, key in rows if kind_ == kind}, true)
            if kind == "number":
                scores.plain.add(set(_plainly(made)), true)


def _rows(made: MadeVersions, language: str) -> set[tuple[str, str]]:
    """Each pair of a fact's first value and another, as ours tell them."""
    read = as_members(made, language)
    by_fact: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    base = read[0][0].article_id
    for row in disagreements("x", [member for member, _ in read], read, {}):
        by_fact[row.kind, row.fact_id]["base" if base in row.article_ids else row.value] = row.value
    return {
        (kind, _key([_plain(values["base"], language), _plain(value, language)]))
        for (kind, _), values in by_fact.items()
        for name, value in values.items()
        if name != "base"
    }


def _plainly(made: MadeVersions) -> Iterator[str]:
    for other in made.texts[1:]:
        for values in plain.numbers_that_differ(made.texts[0], other):
            yield _key(values)


def _plain(value: str, language: str) -> str:
    """`03-05` as the made text writes it; numbers without their unit."""
    month, _, day = value.partition("-")
    if month.isdigit() and day.isdigit() and len(value) == 5:
        name = next(month_name for month_name, n in months(language).items() if n == int(month))
        return f"{int(day)}. {name}" if language == "de" else f"{name} {int(day)}"
    return value.removesuffix(" %").removesuffix(" €")


def _key(values: Iterable[str]) -> str:
    return " / ".join(sorted(folded(value) for value in values))


def score_direction(seeds: Iterable[int], language: str, half: str, table: Table) -> None:
    """Adds who is first in made clusters."""
    for seed in seeds:
        made = made_cluster(seed, language, half)
        read = list(zip(made.members, made.texts, strict=True))
        rows = timeline("x", made.members, {}, TimeRules(MIN_GAP_S), named_by(made.members, read))
        first = {row.article_id for row in rows if row.role == "earliest_observed"}
        earliest = plain.first(made.members)
        table["direction", language].ours.add(first, {made.first})
        table["direction", language].plain.add({earliest} if earliest else set(), {made.first})


def measure(pages: int, clusters: int, half: str, seed: int) -> Table:
    """All facts in all languages."""
    table: Table = defaultdict(Scores)
    others = [phrase for phrase in PHRASES if phrase not in FULL]
    for language in FULL:
        score_pages((made_page(seed + n, language, half) for n in range(pages)), table)
        score_versions(range(seed, seed + clusters), language, table)
        score_direction(range(seed, seed + clusters), language, half, table)
    for language in others:
        few = range(max(1, pages // len(others)))
        score_pages((made_page(seed + n, language, half) for n in few), table)
    return table


def show(table: Table, clusters: int) -> None:
    """Prints a Markdown table; direction with the share of clusters that were left open."""
    print("| fact | language | true | precision | recall | plain: precision | recall |")
    print("|---|---|---|---|---|---|---|")
    for (fact, language), both in sorted(table.items()):
        ours, base = both.ours, both.plain
        said = base.right + base.wrong
        if not ours.right + ours.missed:
            continue
        plainly = f"{base.precision:.3f} | {base.recall:.3f}" if said else "– | –"
        print(
            f"| {fact} | {language} | {ours.right + ours.missed} | {ours.precision:.3f} |"
            f" {ours.recall:.3f} | {plainly} |"
        )
    for language in FULL:
        ours = table["direction", language].ours
        open_share = 1 - (ours.right + ours.wrong) / max(1, clusters)
        print(f"\ndirection, {language}: {open_share:.1%} of the clusters are left undetermined")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--clusters", type=int, default=400)
    parser.add_argument("--half", choices=("seen", "held"), default="held")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    show(
        measure(arguments.pages, arguments.clusters, arguments.half, arguments.seed),
        arguments.clusters,
    )


if __name__ == "__main__":
    main()
