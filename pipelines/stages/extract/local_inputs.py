"""Files of this machine that a path, a folder or a glob names: those that can be read, each once.

What is no file (a FIFO, a socket, a device) would hang whoever opens it, and a link may lead to
what nobody meant to publish: both are left out, with a word.
"""

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

Listed = tuple[str, int, float, str]
"""Path, size in bytes, time of modification (seconds since 1970), seal."""


class LocalFiles:
    """Lists files; `warnings` tell what was left out."""

    def __init__(self, excluded: Sequence[str] = (), follows_links: bool = False) -> None:
        """Leaves out what lies in any of the `excluded` folders."""
        self.warnings: list[str] = []
        self._excluded = tuple(os.path.realpath(entry) for entry in excluded)
        self._follows_links = follows_links
        self._seen: set[str] = set()

    def named(self, pattern: str) -> Iterator[Listed]:
        """The files of a path that is there, else of a glob as shells have it, and `**`.

        Folders are read with all that lies below, but for names that begin with a dot: .git, and
        the .work of an output folder.
        """
        if os.path.lexists(pattern):
            yield from self._of_path(pattern, os.path.realpath(pattern), is_named=True)
            return
        static = pattern[
            : min((at for entry in "*?[" if (at := pattern.find(entry)) >= 0), default=0)
        ]
        root = os.path.realpath(static.rpartition("/")[0] or ("/" if static[:1] == "/" else "."))
        for path in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 - keeps a leading ./
            yield from self._of_path(path, root, is_named=False)

    def _of_path(self, path: str, root: str, is_named: bool) -> Iterator[Listed]:
        if not is_named and not self._may_follow(path, root):
            return
        if Path(path).is_dir():
            yield from self._of_folder(path, root)
        else:
            yield from self._of_file(path)

    def _of_folder(self, folder: str, root: str) -> Iterator[Listed]:
        """All files below; links last, so that what they lead to has its own name if it has one."""
        real = os.path.realpath(folder)
        if real in self._seen or self._is_excluded(real):
            return
        self._seen.add(real)
        links: list[str] = []
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: entry.name)
        for entry in inside:
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                links.append(entry.path)
            elif entry.is_dir():
                yield from self._of_folder(entry.path, root)
            else:
                yield from self._of_file(entry.path)
        for link in links:
            yield from self._of_path(link, root, is_named=False)

    def _of_file(self, path: str) -> Iterator[Listed]:
        real = os.path.realpath(path)
        if real in self._seen or self._is_excluded(real):
            return
        try:
            status = os.stat(path)  # noqa: PTH116 - Path would lose a leading ./
        except OSError as error:
            self.warnings.append(f"{path} was not read: {error.strerror or error}")
            return
        if not stat.S_ISREG(status.st_mode):
            self.warnings.append(f"{path} was not read: it is a FIFO, a socket or a device")
            return
        self._seen.add(real)
        yield path, status.st_size, status.st_mtime, seal_of(status)

    def _may_follow(self, path: str, root: str) -> bool:
        real = os.path.realpath(path)
        if self._follows_links or real == root or real.startswith(root.rstrip("/") + "/"):
            return True
        if not self._is_excluded(real):
            self.warnings.append(
                f"{path} was not read: it leads out of the input, to {real}; "
                "name it, or set input.follow_links"
            )
        return False

    def _is_excluded(self, real: str) -> bool:
        return any(real == entry or real.startswith(entry + "/") for entry in self._excluded)


def seal_of(status: os.stat_result) -> str:
    """What any change of a file changes: the kernel sets the time of change, and nobody else."""
    return f"{status.st_ino}-{status.st_ctime_ns}"
