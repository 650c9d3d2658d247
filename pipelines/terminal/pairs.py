"""Explained pairs in the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dedupe.verification.side_by_side import Line
from pipelines.explain.pair import Explained
from pipelines.terminal.run import grid, plain

SHARED, OWN = "dim", "bold"
LONGEST = 600
"""Characters of one passage that are shown: the ends of a longer one."""


def show_pair(explained: Explained, console: Console) -> None:
    """Both articles, the figures, the rules that decided, and the texts side by side."""
    for side, row in (("A", explained.left), ("B", explained.right)):
        when = row["published_at"]
        line = f"{side}  {row['article_id']}  {row['source_id']}  {when or 'no date'}"
        console.print(plain(line, 200))
        console.print(plain(f"   {row['title'] or 'no title'}", 200))
    console.print(_figures(explained))
    for reason in explained.reasons:
        console.print(plain(f"rule: {reason}", 400))
    console.print(_side_by_side(explained.rows))
    console.print("dim: shared by both; bold: in one only", style="italic")


def _figures(explained: Explained) -> Table:
    shown = grid("", "relation", "jaccard", "A in B", "B in A", "shared shingles", "cut")
    computed = explained.computed
    if explained.published:
        row = explained.published
        shown.add_row(
            "published",
            row["relation"],
            f"{row['jaccard']:.3f}",
            f"{row['containment_left']:.3f}",
            f"{row['containment_right']:.3f}",
            str(row["shared_shingles"]),
            "yes" if row["is_cut"] else "no",
        )
    else:
        shown.add_row("published", "not a pair of this run", "", "", "", "", "")
    shown.add_row(
        "these texts",
        "",
        f"{computed['jaccard']:.3f}",
        f"{computed['containment_left']:.3f}",
        f"{computed['containment_right']:.3f}",
        str(round(computed["shared_shingles"])),
        "",
    )
    return shown


def _side_by_side(rows: Sequence[tuple[Line, Line]]) -> Table:
    shown = Table(expand=True, box=None, padding=(0, 1))
    for name in ("A", "B"):
        shown.add_column(name, ratio=1, overflow="fold")
    for left, right in rows:
        shown.add_row(_styled(left), _styled(right))
    return shown


def _styled(line: Line) -> Text:
    text = Text()
    for passage in line:
        shown = plain(_ends(passage.text), 2 * LONGEST)
        shown.stylize(SHARED if passage.is_shared else OWN)
        text.append_text(shown)
    return text


def _ends(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST // 2]} […] {text[-LONGEST // 2 :]}"
