"""One server over two days of runs, for all tests that ask it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from pipelines.index.build import update_index
from tests.runs.makers import ROOT, page_row, run_day, story

MARKUP = "</script><script>window.hit=1</script><img src=x onerror='window.hit=1'>"
TIMEOUT_S = 30.0
WORDS = ("zero", "other")
DAYS = ("2026-03-02", "2026-03-03")


@dataclass(frozen=True)
class Served:
    """A started server, and the folder that it serves."""

    url: str
    output: Path

    @property
    def netloc(self) -> str:
        return urlsplit(self.url).netloc

    def ask(
        self, path: str, body: bytes | None = None, method: str = "", **headers: str
    ) -> tuple[HTTPResponse, bytes]:
        """The answer to a request, and its body."""
        connection = HTTPConnection(self.netloc, timeout=180)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method or ("GET" if body is None else "POST"), path, body, sent)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content

    def get(self, path: str, **values: Any) -> Any:
        """The JSON of an answer that is one."""
        address = f"{path}?{urlencode(values)}" if values else path
        answer, content = self.ask(address)
        assert answer.status == 200, content
        return json.loads(content)

    def post(self, path: str, content: object) -> tuple[int, Any]:
        """Status and JSON of the answer to a JSON body."""
        body = json.dumps(content).encode()
        answer, answered = self.ask(path, body, content_type="application/json")
        return answer.status, json.loads(answered)


def text(*seeds: int) -> str:
    return "\n".join(story(seed, 40) for seed in seeds)


def rows_of(day: str, first: int) -> list[dict[str, Any]]:
    """Two stories of three outlets each, one of which calls itself in markup."""
    hosts = ("harbour", "lakeside", "valley")
    return [
        page_row(
            day,
            host,
            f"{text(*range(first + 10 * number, first + 10 * number + 3))} In the new harbour of "
            f"Aven{number}moor{first} there were {12 + place},000 boats on 4 May.\n"
            f"{text(*range(first + 10 * number + 3, first + 10 * number + 6))}",
            number=3 * number + place,
            title=f"Headline {WORDS[number]} of {day} {MARKUP}",
            outlet=f"{host.title()} Post",
            language="en",
        )
        for number in range(2)
        for place, host in enumerate(hosts)
    ]


@pytest.fixture(scope="session")
def served_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("served") / "out"
    for number, day in enumerate(DAYS):
        run_day(output, day, rows_of(day, 100 * number), "sources.min_n=2")
    update_index(str(output))
    return output


@pytest.fixture(scope="session")
def served(served_folder: Path) -> Iterator[Served]:
    """The server as its command starts it."""
    pytest.importorskip("uvicorn")
    command = [sys.executable, "-m", "pipelines", "serve", str(served_folder), "--port", "0"]
    process = subprocess.Popen(
        [*command, "--timeout", str(TIMEOUT_S)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line.startswith("http://127.0.0.1:"), line
        server = Served(line.split()[0].rstrip("/"), served_folder)
        server.get("/api/search", words="headline")  # its processes have started
        yield server
    finally:
        process.terminate()
        process.wait(timeout=60)
        process.stdout.close()
    assert process.returncode == 0
