"""Commands in a page's ```console blocks: run one after the other in an empty folder.

A line `$ command` is run; the lines below it are what it printed. Blocks of other kinds (```sh) are
not run: they need the network, or a crawl of your own, or are the tests themselves.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

_BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
TIMEOUT_S = 300


def refreshed(page: str) -> str:
    """The page with what its commands print now.

    Raises:
        RuntimeError: a command failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        return _BLOCK.sub(lambda block: _refreshed_block(block[1], Path(folder)), page)


def commands_of(block: str) -> list[str]:
    """The commands of a block, in order.

    >>> commands_of("$ ls\\na\\n$ pwd\\n")
    ['ls', 'pwd']
    """
    return [line[2:] for line in block.splitlines() if line.startswith("$ ")]


def _refreshed_block(block: str, folder: Path) -> str:
    return "".join(f"$ {one}\n{_printed(one, folder)}" for one in commands_of(block))


def _printed(command: str, folder: Path) -> str:
    # `uv run` is for the reader; here the environment that runs this is the one to show
    tools = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{tools}:{os.environ['PATH']}", "COLUMNS": "100"}
    done = subprocess.run(
        command.replace("uv run ", ""),
        shell=True,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command} ended with exit code {done.returncode}:\n{done.stdout}")
    return "".join(line.rstrip() + "\n" for line in done.stdout.strip("\n").splitlines())
