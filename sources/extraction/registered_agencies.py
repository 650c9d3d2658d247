"""Credits of agencies that only the user's registry knows.

Extraction knows the agencies that come with copytrail and reads any other name as an outlet's. What
a registry calls an agency becomes a wire credit afterwards, so that a changed registry never makes
a page be read anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from schemas.article import Article, Snippet
from sources.credits.line_classifier import values_of
from sources.extraction.article import of_others
from sources.outlets.registry import AGENCY, Registry


@dataclass(frozen=True, slots=True)
class AgencyNames:
    """What credits name agencies by -> the agencies' names in the tables."""

    tags: Mapping[str, str]
    """As written, because a tag may be a word."""
    names: Mapping[str, str]
    """In lower case."""

    def of(self, credit: str) -> str | None:
        """The agency that a credit names, None where it names another outlet."""
        written = credit.strip(" \t()[]/.,;:")
        return self.tags.get(written) or self.names.get(written.lower())


@lru_cache(maxsize=8)
def credits_of(registry: Registry) -> AgencyNames:
    """The names and tags of a registry's agencies."""
    agencies = [outlet for outlet in registry.outlets if outlet.kind == AGENCY]
    return AgencyNames(
        {tag: agency.name for agency in agencies for tag in agency.tags},
        {name.lower(): agency.name for agency in agencies for name in (*agency.names, agency.name)},
    )


def with_agencies(article: Article, registry: Registry) -> Article:
    """The article, its credits of registered agencies as wire credits."""
    if not article.outlet_credits:
        return article
    known = credits_of(registry)
    snippets = tuple(_as_wire(snippet, known) for snippet in article.snippets)
    return replace(
        article,
        snippets=snippets,
        wire_credits=values_of(snippets, "wire_credit"),
        outlet_credits=of_others(
            values_of(snippets, "outlet_credit"), article.outlet, article.canonical_url
        ),
    )


def _as_wire(snippet: Snippet, known: AgencyNames) -> Snippet:
    agency = known.of(snippet.value) if snippet.kind == "outlet_credit" else None
    return replace(snippet, kind="wire_credit", value=agency) if agency else snippet
