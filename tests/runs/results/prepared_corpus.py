"""A corpus on which every setting that can change a table does: a case for each rule."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.dedupe.makers import VOCABULARY, sentences
from tests.runs.makers import jsonl

MARKUP = "<p>" + "</p><p>".join(sentences(12, seed=900)) + "</p>" + "<div><i>.</i></div>" * 120


def plain(count: int, seed: int) -> list[str]:
    """Sentences without a number or a name, so that only their words tell them apart."""
    chance = random.Random(seed)
    return [" ".join(chance.choices(VOCABULARY, k=14)) + "." for _ in range(count)]


def texts() -> Iterator[tuple[str, str, list[str]]]:
    """Texts as host, path and lines."""
    story = sentences(20, seed=1)
    # one story of one outlet with its last line changed: a revision
    yield "valley", "/story", [*story, sentences(1, seed=2)[0]]
    yield "valley", "/story-2", [*story, sentences(1, seed=3)[0]]
    # the same with another number in each third line, at another outlet
    yield "coast", "/story", [f"{line} 7{at}" if at % 3 else line for at, line in enumerate(story)]
    # three tenths in common, which hold all the names and numbers: as little as a copy may share
    shared = sentences(9, seed=4)
    yield "north", "/little", [*shared, *plain(21, seed=5)]
    yield "south", "/little-else", [*shared, *plain(21, seed=6)]
    # a short text most of which stands in one six times as long
    long = sentences(48, seed=7)
    yield "north", "/long", long
    yield "south", "/short", [*long[:6], *plain(2, seed=8)]
    # a passage of sixty words in two longer texts: an excerpt
    passage = sentences(5, seed=9)
    yield "east", "/passage", [*passage, *sentences(20, seed=10)]
    yield "west", "/passage-too", [*sentences(20, seed=11), *passage]
    # three stories, and a round-up of their openings
    stories = [sentences(14, seed=20 + place) for place in range(3)]
    for place, lines in enumerate(stories):
        yield f"daily{place}", f"/{place}", lines
    yield "digest", "/digest", [line for lines in stories for line in lines[:7]]
    # an outlet whose five pages share a frame, three of them
    frame = sentences(4, seed=30)
    for place in range(5):
        yield (
            "framed",
            f"/{place}",
            [*sentences(12, seed=31 + place), *(frame if place < 3 else ())],
        )
    # too short to be an article
    yield "valley", "/brief", sentences(2, seed=40)


def rows() -> Iterator[dict[str, Any]]:
    """The texts as rows, five minutes apart, two hosts with the same texts under 16 paths, and two
    copies of a text that were fetched three days after what they claim.
    """
    for place, (host, path, lines) in enumerate(texts()):
        at = f"2026-03-01T{6 + place // 12:02d}:{5 * (place % 12):02d}:00Z"
        yield row(f"https://{host}.example{path}", "\n".join(lines), at)
    for place in range(16):
        for host in ("quay", "pier"):
            text = "\n".join(sentences(8, seed=50 + place))
            yield row(f"https://{host}.example/{place}", text, "2026-03-01T12:00:00Z")
    late = "\n".join(sentences(12, seed=70))
    for host, hour in (("dawn", 6), ("dusk", 18)):
        at, fetched_at = f"2026-02-20T{hour:02d}:00:00Z", f"2026-02-23T{hour:02d}:30:00Z"
        yield row(f"https://{host}.example/late", late, at) | {"fetched_at": fetched_at}


def row(url: str, text: str, at: str) -> dict[str, Any]:
    return {"url": url, "text": text, "title": text[:40], "published_at": at, "fetched_at": at}


def page(path: Path) -> Path:
    """A page of more bytes, characters and tags than the smallest bounds allow."""
    path.write_text(f"<html><head><title>A page</title></head><body><article>{MARKUP}")
    return path


def text_rows(path: Path) -> Path:
    """The rows of the corpus as a file."""
    return jsonl(path, rows())
