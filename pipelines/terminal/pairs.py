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


def show_pair(found: Explained, console: Console) -> None:
    """Both articles, the figures, the rules that decided, and the texts side by side."""
    for side, row in (("A", found.left), ("B", found.right)):
        when = row["published_at"]
        told = f"{side}  {row['article_id']}  {row['source_id']}  {when or 'no date'}"
        console.print(plain(told, 200))
        console.print(plain(f"   {row['title'] or 'no title'}", 200))
    console.print(_figures(found))
    for reason in found.reasons:
        console.print(plain(f"rule: {reason}", 400))
    console.print(_side_by_side(found.rows))
    console.print("dim: shared by both; bold: in one only", style="italic")


def _figures(found: Explained) -> Table:
    shown = grid("", "relation", "jaccard", "A in B", "B in A", "shared shingles", "cut")
    told = found.computed
    if found.published:
        row = found.published
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
        f"{told['jaccard']:.3f}",
        f"{told['containment_left']:.3f}",
        f"{told['containment_right']:.3f}",
        str(round(told["shared_shingles"])),
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
