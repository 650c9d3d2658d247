"""Stories that share text without being copies: follow-ups, quotations, stock paragraphs, blogs."""

from collections.abc import Sequence
from dataclasses import replace

from corpus_writer import Story, Writer


class Ties:
    """Makes stories tied to others, and texts put together from others."""

    def __init__(self, writer: Writer) -> None:
        self.writer, self.random = writer, writer.random
        names = [writer.name() for _ in range(6)]
        self.stock = [
            " ".join(writer.sentence(names) for _ in range(self.random.randint(3, 5)))
            for _ in range(5)
        ]

    def with_stock(self, story: Story) -> Story:
        """The story with a paragraph at its end that stories of many outlets have."""
        last = (self.random.choice(self.stock),)
        return replace(story, paragraphs=(*story.paragraphs, last))

    def follow_up(self, story: Story) -> Story:
        """The next day's story: 10 to 30 % of it are paragraphs of the first as background."""
        share = self.random.uniform(0.1, 0.3)
        known = self.random.sample(story.facts, min(4, len(story.facts)))
        new = self.writer.story(known)
        size = min(share * new.size() / (1 - share), 0.35 * story.size())
        background = self._about(story, size)
        return replace(new, paragraphs=(*new.paragraphs, *background))

    def quoting(self) -> tuple[Story, Story]:
        """Two reports of one speech, with the same passage of it: up to 30 % of either."""
        facts = [self.writer.name(), self.writer.name(), self.writer.number()]
        speech = tuple(self.writer.sentence(facts) for _ in range(self.random.randint(2, 5)))
        first, other = (self._quoting(speech, facts) for _ in range(2))
        return first, other

    def _quoting(self, speech: tuple[str, ...], facts: Sequence[str]) -> Story:
        length = sum(map(len, speech))
        story = self.writer.story(facts)
        while story.size() < 2.4 * length:
            story = self.writer.story(facts)
        at = self.random.randint(1, len(story.paragraphs))
        return replace(story, paragraphs=(*story.paragraphs[:at], speech, *story.paragraphs[at:]))

    def _about(self, story: Story, size: float) -> list[tuple[str, ...]]:
        """Paragraphs of about that many characters, in order, none where all are longer."""
        taken: list[tuple[str, ...]] = []
        start = self.random.randrange(len(story.paragraphs))
        for paragraph in story.paragraphs[start:]:
            if sum(map(len, sum([*taken, paragraph], ()))) > size:
                break
            taken.append(paragraph)
        return taken

    def blog(self) -> tuple[Story, list[int]]:
        """A live blog, newest entry last, and after how many entries versions were seen."""
        facts = [self.writer.name() for _ in range(5)] + [self.writer.number() for _ in range(8)]
        count = self.random.randint(10, 30)
        entries = tuple(
            (f"{8 + n // 4}:{self.random.randint(10, 59)}", *self._entry(facts))
            for n in range(count)
        )
        title = self.writer.put([facts[0], *self.writer.clause(5)])
        seen = sorted({count, *(self.random.randint(count // 3, count) for _ in range(2))})
        return Story(title, entries, tuple(facts)), seen

    def _entry(self, facts: Sequence[str]) -> list[str]:
        return [self.writer.sentence(facts) for _ in range(self.random.randint(1, 3))]

    def roundup(self, stories: Sequence[Story]) -> str:
        """The openings of the stories."""
        parts = [
            Story(story.title, opening(story, self.random.randint(350, 1300))) for story in stories
        ]
        return "\n".join(part.text() for part in parts)


def opening(story: Story, characters: int) -> tuple[tuple[str, ...], ...]:
    """The first paragraphs, until they have that many characters."""
    taken: list[tuple[str, ...]] = []
    for paragraph in story.paragraphs:
        if taken and sum(len(sentence) for row in taken for sentence in row) >= characters:
            break
        taken.append(paragraph)
    return tuple(taken)
