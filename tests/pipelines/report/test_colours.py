"""Contrast of every pair of colours that meets, light and dark, by the formula of WCAG 2."""

import re
from itertools import combinations

import pytest

from pipelines.report.page import ASSETS

STYLE = (ASSETS / "page.css").read_text("utf-8")
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--(\S+): light-dark\((#\w{6}), (#\w{6})\);", STYLE)
}
SURFACES = ("paper", "card")
TEXT = ("ink", "soft", "accent")
ROLES = ("earliest", "copy", "excerpt", "revision", "mirror", "undetermined")
READ = [  # text on what it stands on: at least 4.5
    *((text, surface) for text in (*TEXT, *ROLES) for surface in SURFACES),
    *((text, "wash") for text in ("ink", "soft")),
    *(("gone", colour) for colour in ("card", "gone-wash")),
    *(("came", colour) for colour in ("card", "came-wash")),
]
SEEN = [  # borders of controls, marks of charts: at least 3
    *((mark, surface) for mark in ("edge", "bar", "accent") for surface in SURFACES),
]


def luminance(colour: str) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), READ)
def test_text_can_be_read(text: str, ground: str, scheme: int) -> None:
    assert contrast(COLOURS[text][scheme], COLOURS[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), SEEN)
def test_marks_and_borders_of_controls_can_be_seen(mark: str, ground: str, scheme: int) -> None:
    assert contrast(COLOURS[mark][scheme], COLOURS[ground][scheme]) >= 3


def test_every_colour_is_written_once_for_light_and_once_for_dark() -> None:
    outside = STYLE.partition("\n}\n")[2]
    assert not re.findall(r"#[0-9a-f]{3,8}\b(?=[;\s)])", outside)
    assert set(re.findall(r"var\(--([\w-]+)\)", STYLE)) <= COLOURS.keys()


def test_no_two_roles_share_a_shape() -> None:
    script = (ASSETS / "js" / "story_panel.js").read_text("utf-8")
    marks = re.findall(r"^  (\w+): \[\"([\w ]+)\", \"(\w+)\", \".+\"\],$", script, re.MULTILINE)
    assert len(marks) == len(ROLES)
    assert all(mark[2] != other[2] for mark, other in combinations(marks, 2))
