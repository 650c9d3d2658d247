"""The ways in which a story gets from one outlet to another."""

from collections.abc import Sequence
from dataclasses import replace

from corpus_writer import Story, Writer

KINDS = (
    *("exact", "wire", "trimmed", "edited", "reordered", "heavy", "revision", "misread"),
    *("scanned", "retold", "overhauled"),
)
OF_THE_SAME_OUTLET = ("revision", "overhauled")


class Copyist:
    """Makes copies of stories."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.random = writer.random

    def copied(self, kind: str, story: Story, others: Sequence[Story]) -> str:
        """The text of a copy of that kind; `others` are what foreign paragraphs come from."""
        return str(getattr(self, f"_{kind}")(story, others))

    def _exact(self, story: Story, _: Sequence[Story]) -> str:
        return story.text()

    def _wire(self, story: Story, _: Sequence[Story]) -> str:
        first, *more = story.paragraphs[0]
        dated = (f"{self.writer.name().upper()} - {first}", *more)
        return replace(story, paragraphs=(dated, *story.paragraphs[1:])).text()

    def _trimmed(self, story: Story, _: Sequence[Story]) -> str:
        share = self.random.uniform(0.25, 0.75)
        n_paragraphs = max(1, round(share * len(story.paragraphs)))
        return replace(story, paragraphs=story.paragraphs[:n_paragraphs]).text()

    def _edited(self, story: Story, _: Sequence[Story]) -> str:
        return self._rewritten(story, self.random.uniform(0, 0.25), self.random.uniform(0.01, 0.05))

    def _reordered(self, story: Story, _: Sequence[Story]) -> str:
        paragraphs = list(story.paragraphs)
        self.random.shuffle(paragraphs)
        return replace(story, paragraphs=tuple(paragraphs)).text()

    def _heavy(self, story: Story, others: Sequence[Story]) -> str:
        """Half of the sentences kept, a third of the paragraphs from elsewhere."""
        lines = self._rewritten(story, self.random.uniform(0.3, 0.5), 0.02).split("\n")
        foreign = [
            " ".join(self.random.choice(other.paragraphs))
            for other in self.random.choices(list(others), k=len(lines))
        ]
        for line in self.random.sample(foreign, len(lines) // 2):
            lines.insert(self.random.randint(1, len(lines)), line)
        return "\n".join(lines)

    def _revision(self, story: Story, _: Sequence[Story]) -> str:
        paragraphs = list(story.paragraphs)
        paragraphs.insert(1, (self.writer.sentence([self.writer.name()]),))
        return replace(story, paragraphs=tuple(paragraphs)).text()

    def _overhauled(self, story: Story, _: Sequence[Story]) -> str:
        """About half of the sentences kept, the others said anew of the same facts."""
        share = self.random.uniform(0.4, 0.65)
        paragraphs = tuple(
            tuple(
                sentence if self.random.random() < share else self.writer.sentence(story.facts)
                for sentence in paragraph
            )
            for paragraph in story.paragraphs
        )
        return replace(story, paragraphs=paragraphs).text()

    def _retold(self, story: Story, _: Sequence[Story]) -> str:
        """Every sentence kept, with other words in it."""
        return self._rewritten(story, 0, self.random.uniform(0.08, 0.16))

    def _misread(self, story: Story, _: Sequence[Story]) -> str:
        return self._noisy(story.text(), 0.008, 0)

    def _scanned(self, story: Story, _: Sequence[Story]) -> str:
        """Characters misread, words broken and joined, lines broken anywhere."""
        return self._noisy(story.text(), self.random.uniform(0.01, 0.025), 0.01)

    def _noisy(self, text: str, misread: float, broken: float) -> str:
        letters = []
        for letter in text:
            if letter.isalnum() and self.random.random() < misread:
                letters.append(self.random.choice(self.random.choice(self.writer.words)))
            elif letter == " " and self.random.random() < broken:
                letters.append(self.random.choice(("", "\n")))
            else:
                letters.append(letter)
        return "".join(letters)

    def _rewritten(self, story: Story, dropped: float, changed: float) -> str:
        changed_paragraphs = [
            tuple(
                self._changed(sentence, changed)
                for sentence in paragraph
                if self.random.random() >= dropped
            )
            for paragraph in story.paragraphs
        ]
        left = tuple(paragraph for paragraph in changed_paragraphs if paragraph) or (
            story.paragraphs[0][:1],
        )
        return replace(story, paragraphs=left).text()

    def _changed(self, sentence: str, share: float) -> str:
        """The sentence with that share of its words replaced; where none are parted, of letters."""
        if self.writer.script.space:
            return " ".join(self._other(part, share) for part in sentence.split(" "))
        return "".join(
            self.random.choice(self.random.choice(self.writer.words))
            if letter.isalpha() and self.random.random() < share / 2
            else letter
            for letter in sentence
        )

    def _other(self, word: str, share: float) -> str:
        is_fact = word[:1].isupper() or not word.isalpha()
        if is_fact or self.random.random() >= share:
            return word
        return self.random.choice(self.writer.words)
