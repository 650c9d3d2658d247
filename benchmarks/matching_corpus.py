"""A made corpus of news copies with known answers: every word is invented here.

Outlets with heads and feet publish stories of invented words in six scripts; others carry them
whole, cut, edited, rewritten, misread or in round-ups. Between them stand texts that share much and
are copies of nothing: weather, markets, courts, matches, briefs and league tables out of one frame,
follow-ups with yesterday's background, reports of one speech, stock paragraphs, live blogs. Labels
come from how a text was made.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus_copies import KINDS, OF_THE_SAME_OUTLET, Copyist
from corpus_templates import GENRES, Frame, Table
from corpus_ties import Ties
from corpus_writer import SCRIPTS, Story, Writer

SHARES = {"latin": 0.4, "nouns": 0.2, "cyrillic": 0.1, "arabic": 0.1, "han": 0.1, "thai": 0.1}
COPIES = (0, 0, 0, 1, 1, 2, 3, 5, 8, 14)


@dataclass(frozen=True, slots=True)
class Document:
    """A published text, and what it is."""

    number: int
    outlet: int
    text: str
    cluster: str
    kind: str
    origin: int | None = None
    """The number of the document it was made from."""
    parts: tuple[str, ...] = ()
    """Clusters whose openings a round-up holds."""
    script: str = "latin"


class Press:
    """The outlets of one script, and what they have published so far."""

    def __init__(self, script: str, seed: int, outlets: range, first: int) -> None:
        self.script, self.outlets, self.first = script, outlets, first
        self.documents: list[Document] = []
        self.writer = Writer(seed, script)
        self.random = self.writer.random
        self.copyist, self.ties = Copyist(self.writer), Ties(self.writer)
        self.heads = {outlet: self._lines(0, 2) for outlet in self.outlets}
        self.feet = {outlet: self._lines(1, 6) for outlet in self.outlets}
        self.stories: dict[str, Story] = {}

    def _lines(self, least: int, most: int) -> list[str]:
        names = [self.writer.name() for _ in range(3)]
        return [self.writer.sentence(names) for _ in range(self.random.randint(least, most))]

    def publish(
        self,
        text: str,
        cluster: str,
        kind: str,
        outlet: int,
        origin: int | None = None,
        parts: Sequence[str] = (),
    ) -> int:
        """Adds a document: the text between the outlet's head and foot; its number."""
        number = self.first + len(self.documents)
        page = "\n".join([*self.heads[outlet], text, *self.feet[outlet]])
        fields = (number, outlet, page, cluster, kind, origin, tuple(parts), self.script)
        self.documents.append(Document(*fields))
        return number

    def spread(self, story: Story, cluster: str, kind: str, copies: Sequence[int] = COPIES) -> None:
        """Publishes the story and some copies of it."""
        home = self.random.choice(self.outlets)
        origin = self.publish(story.text(), cluster, kind, home)
        others = list(self.stories.values()) or [story]
        for _ in range(self.random.choice(copies)):
            how = self.random.choice(KINDS)
            outlet = home if how in OF_THE_SAME_OUTLET else self.random.choice(self.outlets)
            self.publish(self.copyist.copied(how, story, others), cluster, how, outlet, origin)

    def fill(self, stories: int) -> None:
        """Everything, for that many stories."""
        for place in range(stories):
            story = self.writer.story()
            is_tied = self.random.random() < 0.08
            self.stories[f"{self.script} c{place}"] = (
                self.ties.with_stock(story) if is_tied else story
            )
        listed = list(self.stories.items())
        for cluster, story in listed:
            self.spread(story, cluster, "original")
        for place, (cluster, story) in enumerate(self.random.sample(listed, stories // 8)):
            self.spread(self.ties.follow_up(story), f"{cluster} f{place}", "follow-up", COPIES[:7])
        for place in range(stories // 16):
            for side, story in zip("ab", self.ties.quoting(), strict=True):
                self.spread(story, f"{self.script} q{place}{side}", "quoting", COPIES[:7])
        self._templates(stories)
        self._blogs(stories // 20)
        self.roundups(stories // 12)

    def _templates(self, stories: int) -> None:
        for name, genre in GENRES.items():
            frames = [Frame(self.writer, genre) for _ in range(2)]
            for place in range(stories // 12):
                cluster = f"{self.script} {name} {place}"
                self.spread(self.random.choice(frames).filled(), cluster, name, COPIES[:6])
        table = Table(self.writer)
        for place in range(stories // 25):
            self.spread(table.filled(), f"{self.script} table {place}", "table", COPIES[:6])

    def _blogs(self, count: int) -> None:
        for place in range(count):
            story, seen = self.ties.blog()
            home, origin = self.random.choice(self.outlets), None
            for entries in seen:
                version = Story(story.title, story.paragraphs[:entries])
                fields = (f"{self.script} b{place}", "blog", home, origin)
                number = self.publish(version.text(), *fields)
                origin = number if origin is None else origin

    def roundups(self, count: int) -> None:
        """Publishes round-ups of the stories, some of them carried elsewhere."""
        for place in range(count):
            chosen = self.random.sample(list(self.stories), min(5, self.random.randint(2, 5)))
            text = self.ties.roundup([self.stories[name] for name in chosen])
            fields = (f"{self.script} r{place}", "roundup")
            home = self.random.choice(self.outlets)
            origin = self.publish(text, *fields, home, None, chosen)
            if self.random.random() < 0.3:  # a round-up is carried elsewhere too
                self.publish(text, *fields, self.random.choice(self.outlets), origin, chosen)


def corpus(stories: int, seed: int, outlets: int = 60) -> list[Document]:
    """Documents of `stories` stories, each with up to 14 copies, and as many others between."""
    made: list[Document] = []
    first = 0
    for script, share in SHARES.items():
        count = max(3, round(outlets * share))
        press = Press(script, seed, range(first, first + count), len(made))
        press.fill(round(stories * share))
        made += press.documents
        first += count
    return made


assert SHARES.keys() == SCRIPTS.keys()
