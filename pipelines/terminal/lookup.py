"""Answers to questions in the terminal, and as JSON for other programs."""

from rich.console import Console

from pipelines.index.answer import Answer, Match
from pipelines.index.build import IndexUpdate
from pipelines.index.json_forms import answer_content, as_json, hits_content
from pipelines.index.search import Hits
from pipelines.terminal.run import grid, plain, show_line

SHOWN_MATCHES = 100
_MEGABYTE = 1_000_000


def show_update(update: IndexUpdate, console: Console) -> None:
    """What was indexed, what went, and how large the index is."""
    for run_id in update.made:
        why = "made anew, its files were damaged" if run_id in update.damaged else "indexed"
        console.print(plain(f"run {run_id}: {why}", 200))
    for run_id in update.removed:
        console.print(plain(f"run {run_id}: removed, it is no longer published", 200))
    console.print(f"{update.articles:,} articles, {update.size / _MEGABYTE:,.1f} MB")


def show_answer(answer: Answer, console: Console) -> None:
    """The articles that share text with the question, the earliest first.

    Times in brackets are those of the fetch: the page claims none.
    """
    question = answer.question
    words = len(question.text.split())
    console.print(plain(f"{question.title or 'no title'}: {words} words", 200))
    if not answer.matches:
        console.print("no published article shares enough text with it")
    else:
        shown = grid("time", "relation", "of text", "of article", "source", "credit", "article")
        shown.columns[0].no_wrap = shown.columns[1].no_wrap = True
        for match in answer.matches[:SHOWN_MATCHES]:
            article = match.article
            shown.add_row(
                _time(match),
                match.relation,
                f"{match.share_of_text:.0%}",
                f"{match.share_of_article:.0%}",
                plain(article.source_id or article.host, 40),
                plain(article.credit or "", 40),
                plain(f"{article.article_id} {article.title or ''}", 80),
            )
        console.print(shown)
        if len(answer.matches) > SHOWN_MATCHES:
            console.print(f"and {len(answer.matches) - SHOWN_MATCHES} more; --json gives all")
    for note in answer.notes:
        console.print(plain(f"note: {note}", 400))


def _time(match: Match) -> str:
    if match.article.published_at:
        return f"{match.article.published_at:%Y-%m-%d %H:%M}"
    if match.article.fetched_at:
        return f"({match.article.fetched_at:%Y-%m-%d %H:%M})"
    return "unknown"


def show_hits(hits: Hits, console: Console) -> None:
    """The articles that hold all words: those with them in the headline first, newest first."""
    if not hits.hits:
        console.print("no published article holds all of these words")
    else:
        for hit in hits.hits:
            article = hit.article
            when = f"{article.published_at:%Y-%m-%d %H:%M}" if article.published_at else "unknown"
            where = "in its headline" if hit.is_in_title else "in its text"
            source = article.source_id or article.host
            show_line(f"{when:<16}  {source}  {article.article_id}  {where}", console)
            show_line(f"    {article.title or 'without a headline'}", console)
        more = "; some runs hold more: give another word" if hits.is_cut else ""
        console.print(f"{len(hits.hits)} of {hits.count}{more}")
    for note in hits.notes:
        console.print(plain(f"note: {note}", 400))


def answer_json(answer: Answer) -> str:
    """The answer as one JSON object; texts of articles are left out, their passages are there."""
    return as_json(answer_content(answer))


def hits_json(hits: Hits) -> str:
    """The hits as one JSON object, without the texts."""
    return as_json(hits_content(hits))
