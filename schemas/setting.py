"""What marks a field of a record of rules as a setting, with the bounds of its values.

A record of rules holds every figure that its layer goes by, each with its reason. Those that a
person could choose with a reason of their own are marked, and stand in configs/default.toml;
the others are constants, which benchmarks vary and settings do not.
"""

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Setting:
    """The bounds of a setting; None: unbounded on this side."""

    least: float | None = None
    """The smallest value."""
    most: float | None = None
    """The largest value."""
    above: float | None = None
    """A value that is too small itself."""
    names_files: bool = False
    """Whether it is a list of files; in a file of settings they are named from its folder."""

    def fault(self, value: object) -> str | None:
        """What is wrong with a number, to follow the setting's name; None for other values.

        >>> Setting(0, 1).fault(85)
        'must lie in [0, 1], got 85'
        >>> Setting(least=1).fault(0)
        'must be 1 or more, got 0'
        """
        if not isinstance(value, int | float) or isinstance(value, bool):
            return None
        # written so that a value that is no number lies out of any bounds
        is_within = (
            (self.least is None or value >= self.least)
            and (self.most is None or value <= self.most)
            and (self.above is None or value > self.above)
        )
        return None if is_within else f"must {self.words()}, got {value:g}"

    def words(self) -> str:
        """The bounds in words, empty without any: `lie in [0, 1]`, `be 1 or more`."""
        match self.least, self.most, self.above:
            case (None, None, None):
                return ""
            case (least, None, None):
                return f"be {least:g} or more"
            case (None, None, above):
                return f"be more than {above:g}"
            case (None, most, above):
                return f"lie in ({above:g}, {most:g}]"
        return f"lie in [{self.least:g}, {self.most:g}]"


ANY = Setting()
FILES = Setting(names_files=True)
"""A setting that is a list of files."""
Share = Annotated[float, Setting(0, 1)]
"""A setting in [0, 1]."""
Count = Annotated[int, Setting(least=1)]
"""A setting of at least 1."""
