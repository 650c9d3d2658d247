"""What pages say of other hosts: other addresses of their outlet, canonical links, hreflang."""

from collections.abc import Iterable

from schemas.article import Article
from sources.mirrors.evidence import (
    ANNOUNCED,
    CANONICAL,
    HREFLANG,
    NAMES_ITSELF,
    MirrorEvidence,
    merge_evidence,
)
from sources.urls import host_of


def announcements(articles: Iterable[Article]) -> list[MirrorEvidence]:
    """One row for each pair of hosts and kind; n_checked is filled in later, it is 0 here.

    A name without a dot is no host on the web, but the rest of a broken link.
    """
    return merge_evidence(
        fact for article in articles for fact in _of_article(article) if "." in fact.host_b
    )


def _of_article(article: Article) -> Iterable[MirrorEvidence]:
    if article.host is None:
        return
    passages = {
        snippet.value: snippet.snippet
        for snippet in article.snippets
        if snippet.kind == "announced_host"
    }
    for host in article.announced_hosts:
        kind = NAMES_ITSELF if host == article.host else ANNOUNCED
        yield _evidence(article, article.host, host, kind, passages.get(host, host))
    for snippet in article.snippets:
        if snippet.kind == HREFLANG and snippet.value != article.host:
            yield _evidence(article, article.host, snippet.value, HREFLANG, snippet.snippet)
    declared = host_of(article.declared_url) if article.declared_url else None
    if declared and declared != article.host:
        yield _evidence(article, article.host, declared, CANONICAL, article.declared_url or "")


def _evidence(article: Article, host: str, other: str, kind: str, snippet: str) -> MirrorEvidence:
    return MirrorEvidence(
        host_a=host,
        host_b=other,
        kind=kind,
        n_observed=1,
        n_checked=0,
        article_id=article.article_id,
        snippet=snippet[:500],
        first_seen_at=article.fetched_at,
        last_seen_at=article.fetched_at,
        outlet=article.outlet,
    )
