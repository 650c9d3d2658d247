"""A chart of matching's quality beside its peers, from what matching_quality.py prints.

uv run python benchmarks/matching_chart.py docs/design/matching.md docs/matching_quality.svg

The first file holds the table (docs/design/matching.md does); it is the only thing the chart shows.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

HEAD = "| | texts | threshold | shingle | precision | recall | F1 | F1 over texts |"
LEFT, WIDTH, BAR, GAP, TOP = 230, 400, 16, 6, 84
COLOURS = {"as published": "#9aa5b1", "less our boilerplate": "#4c78a8", "copytrail": "#d1495b"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the table."""

    name: str
    texts: str
    precision: float
    recall: float
    f1: float

    def colour(self) -> str:
        """By what texts the program was given."""
        return COLOURS["copytrail" if self.name == "copytrail" else self.texts]


def bars_in(page: str) -> list[Bar]:
    """The rows of the first table with the benchmark's columns.

    Raises:
        ValueError: there is no such table.
    """
    lines = page.splitlines()
    if HEAD not in lines:
        raise ValueError(f"no table of matching_quality.py; it begins with {HEAD}")
    bars = []
    for line in lines[lines.index(HEAD) + 2 :]:
        if not line.startswith("|"):
            break
        name, texts, _, _, *figures = (cell.strip() for cell in line.strip("|").split("|"))
        bars.append(Bar(name, texts, *map(float, figures[:3])))
    return sorted(bars, key=lambda bar: (-bar.f1, bar.name, bar.texts))


def chart(bars: Sequence[Bar]) -> str:
    """The bars as an SVG picture, the best first; a dot is precision, a ring is recall."""
    height = TOP + len(bars) * (BAR + GAP) + 34
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 70} {height}" '
        'font-family="sans-serif" font-size="12" role="img" aria-labelledby="t d">',
        '<title id="t">Copies found: copytrail beside its peers</title>',
        f'<desc id="d">{escape(_description(bars))}</desc>',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        '<text x="12" y="24" font-size="15" font-weight="bold">F1 over pairs, held-out made corpora'
        "</text>",
        *_legend(),
        *_scale(height - 26),
        *(line for place, bar in enumerate(bars) for line in _bar(bar, place)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _description(bars: Sequence[Bar]) -> str:
    return "; ".join(f"{bar.name}, texts {bar.texts}: F1 {bar.f1:.3f}" for bar in bars)


def _legend() -> Iterator[str]:
    labels = {"copytrail": "copytrail (as published)"}
    for place, (name, colour) in enumerate(COLOURS.items()):
        x = 12 + 150 * place
        yield f'<rect x="{x}" y="38" width="12" height="12" fill="{colour}"/>'
        yield f'<text x="{x + 18}" y="48">{escape(labels.get(name, name))}</text>'
    yield '<circle cx="18" cy="66" r="4" fill="#222222"/><text x="30" y="70">precision</text>'
    yield (
        '<circle cx="168" cy="66" r="4" fill="#ffffff" stroke="#222222" stroke-width="1.5"/>'
        '<text x="180" y="70">recall</text>'
    )


def _scale(bottom: int) -> Iterator[str]:
    for tenth in range(0, 11, 2):
        x = LEFT + WIDTH * tenth / 10
        yield f'<line x1="{x:g}" y1="{TOP - 4}" x2="{x:g}" y2="{bottom}" stroke="#dddddd"/>'
        yield f'<text x="{x:g}" y="{bottom + 16}" text-anchor="middle">{tenth / 10:g}</text>'


def _bar(bar: Bar, place: int) -> Iterator[str]:
    y = TOP + place * (BAR + GAP)
    middle = y + BAR / 2
    label = escape(bar.name)
    yield f'<text x="{LEFT - 8}" y="{y + 12}" text-anchor="end">{label}</text>'
    yield (
        f'<rect x="{LEFT}" y="{y}" width="{WIDTH * bar.f1:.1f}" height="{BAR}" '
        f'fill="{bar.colour()}"/>'
    )
    for share, style in (
        (bar.precision, 'fill="#222222"'),
        (bar.recall, 'fill="#ffffff" stroke="#222222" stroke-width="1.5"'),
    ):
        yield f'<circle cx="{LEFT + WIDTH * share:.1f}" cy="{middle:g}" r="4" {style}/>'
    yield f'<text x="{LEFT + WIDTH + 14}" y="{y + 12}">{bar.f1:.3f}</text>'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path, help="a file that holds the table")
    parser.add_argument("target", type=Path, help="the picture to write")
    arguments = parser.parse_args()
    arguments.target.write_text(chart(bars_in(arguments.page.read_text("utf-8"))), "utf-8")


if __name__ == "__main__":
    main()
