"""Requests made to break it: each gets a clear error, the server lives, nothing is written."""

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.serve import guard, server
from tests.pipelines.serve.conftest import MARKUP, TIMEOUT_S, Served, text

JSON = {"content_type": "application/json"}


def files(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of change of everything below a folder."""
    return {
        str(path): (path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in [folder, *folder.rglob("*")]
    }


@pytest.fixture(autouse=True)
def lives(served: Served) -> Iterator[None]:
    """After every test: the server answers, and the folder is as it was."""
    before = files(served.output)
    yield
    assert len(served.get("/api/runs")["runs"]) == 2
    assert files(served.output) == before


def refused(served: Served, status: int, code: str, path: str, **request: object) -> str:
    """The message of an answer that has this status and code."""
    answer, content = served.ask(path, **request)  # type: ignore[arg-type]  # of this one call
    assert answer.status == status, content
    error = json.loads(content)["error"]
    assert error["code"] == code
    return str(error["message"])


def raw(served: Served, sent: bytes, wait_s: float = 120) -> bytes:
    """What comes back for bytes that are sent as they are."""
    host, _, port = served.netloc.partition(":")
    with socket.create_connection((host, int(port)), timeout=wait_s) as connection:
        got = b""
        try:
            connection.sendall(sent)
            while part := connection.recv(65_536):
                got += part
        except (ConnectionResetError, BrokenPipeError):
            pass  # it closed while we still sent
        return got


def test_a_huge_body_is_refused_and_not_kept(served: Served) -> None:
    body = b'{"text": "' + b"a" * guard.LARGEST_BODY + b'"}'
    message = refused(served, 413, "too-large", "/api/match", body=body, **JSON)
    assert "at most 1,000,000 bytes" in message
    head = b"POST /api/match HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"8000\r\n" + b"a" * 0x8000 + b"\r\n"
    assert raw(served, head + 300 * chunk)[9:12] in (b"413", b"")
    length = b"POST /api/match HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n"
    assert raw(served, length).startswith(b"HTTP/1.1 413")


def test_a_body_that_is_no_json_is_told_so(served: Served) -> None:
    for body in (b"\x00\xff\xfe\x80" * 1000, b"", b"[1]", b'"text"', b'{"text": 1}', b"{'a'}"):
        refused(served, 400, "bad-request", "/api/match", body=body, **JSON)
    binary = "\x00\x01\u202e\ufffe" * 20
    assert served.post("/api/match", {"text": binary})[0] == 422
    assert served.post("/api/match", {"text": "\ud800 half of one"})[0] == 400
    assert served.post("/api/match", {"text": text(1), "path": "/etc/passwd"})[0] == 400


def test_deep_json_is_refused(served: Served) -> None:
    body = b'{"text": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    refused(served, 400, "bad-request", "/api/match", body=body, **JSON)


def test_a_question_that_takes_too_long_is_ended_and_the_next_is_answered(served: Served) -> None:
    words = " ".join(f"word{number % 9973}x{number}" for number in range(14_000))
    began = time.monotonic()
    status, content = served.post("/api/match", {"text": (words + " " + text(1))[:200_000]})
    assert status in (200, 504), content  # a fast machine answers
    assert time.monotonic() - began < TIMEOUT_S + 120
    assert served.post("/api/match", {"text": text(1)})[0] == 200


@pytest.mark.parametrize("sent", [b"GET / HT", b"POST /api/match HTTP/1.1\r\nHost: localhost\r\n"])
def test_a_head_that_does_not_end_is_not_waited_for(served: Served, sent: bytes) -> None:
    began = time.monotonic()
    assert raw(served, sent) == b""
    assert time.monotonic() - began < server.HEAD_S + 60


def test_a_body_that_does_not_end_is_not_waited_for(served: Served) -> None:
    head = b"POST /api/match HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    answer = raw(served, head + b'Content-Length: 100\r\n\r\n{"text": "')
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"did not arrive" in answer


@pytest.mark.parametrize(
    "path",
    [
        *("/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%00", "//etc/passwd", "/api/match/.."),
        *("/run.json", "/latest/run.json", "/assets/page.css", "/api/"),
    ],
)
def test_no_path_leads_to_a_file(served: Served, path: str) -> None:
    message = refused(served, 404, "address", path)
    assert "there are: /, /openapi.json" in message


def test_no_name_of_a_run_or_an_article_leads_to_a_file(served: Served) -> None:
    for name in ("../../../../etc", "/etc", "run.json", "..\x00", "%2e%2e"):
        answer, _ = served.ask(f"/api/story?id=x&run={name.encode().hex()}")
        assert answer.status == 404
    status, content = served.post("/api/match", {"article": "/etc/passwd"})
    assert (status, content["error"]["code"]) == (404, "no-article")


def test_script_in_a_text_or_an_address_comes_back_as_text(served: Served) -> None:
    status, content = served.post("/api/match", {"text": f"{MARKUP} {text(1)} {MARKUP}"})
    assert status == 200
    answer, page = served.ask("/<script>alert(1)</script>".replace(" ", "%20"), accept="text/html")
    assert answer.status == 404
    assert b"<script" not in page
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert json.dumps(content).isascii()


@pytest.mark.parametrize("length", [b"-1", b"abc", b"9" * 400, b"5, 6", b"+5", b"1e3"])
def test_a_bad_content_length_is_refused(served: Served, length: bytes) -> None:
    head = b"POST /api/match HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
    assert raw(served, head + length + b"\r\n\r\nhello")[9:12] in (b"400", b"413")


def test_two_lengths_of_one_body_are_refused(served: Served) -> None:
    head = b"POST /api/match HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n"
    assert raw(served, head + b"Content-Length: 3\r\n\r\n{}x")[9:12] == b"400"


@pytest.mark.parametrize(
    "method", ["DELETE", "PUT", "PATCH", "TRACE", "CONNECT", "BREW", "OPTIONS"]
)
def test_methods_that_it_does_not_know_are_refused(served: Served, method: str) -> None:
    for path in ("/", "/api/match", "/openapi.json"):
        assert refused(served, 405, "method", path, method=method).startswith("That method")


def test_a_flood_of_headers_is_refused(served: Served) -> None:
    head = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
    flood = b"".join(b"X-%d: %s\r\n" % (number, b"a" * 100) for number in range(5_000))
    assert raw(served, head + flood + b"\r\n")[9:12] in (b"400", b"431", b"")


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "a b", "localhost@x"],
)
def test_a_name_that_leads_here_from_elsewhere_is_refused(served: Served, host: str) -> None:
    """DNS rebinding: a page of evil.example asks for evil.example, which leads to this machine."""
    refused(served, 403, "host", "/api/runs", Host=host)


def test_no_host_and_two_hosts_are_refused(served: Served) -> None:
    assert raw(served, b"GET / HTTP/1.0\r\n\r\n")[9:12] in (b"400", b"403")
    twice = b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"
    assert raw(served, twice)[9:12] in (b"400", b"403")


def test_pages_of_other_sites_may_not_ask(served: Served) -> None:
    body = json.dumps({"text": text(1)}).encode()
    question = {"body": body, **JSON}
    refused(served, 403, "origin", "/api/match", Origin="https://evil.example", **question)
    refused(served, 403, "origin", "/api/match", Origin="null", **question)
    refused(served, 403, "origin", "/api/runs", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="cors")
    # what a form or a beacon of another site can send without asking first
    refused(served, 415, "media-type", "/api/match", body=body, content_type="text/plain")
    assert served.ask("/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")[0].status == 200
    answer, _ = served.ask("/api/match", body, Origin=served.url, content_type="application/json")
    assert answer.status == 200


def test_many_words_and_bad_parameters_are_answered_or_refused(served: Served) -> None:
    many = "+".join(f"w{number}" for number in range(160))
    assert served.ask(f"/api/search?words={many[:500]}")[0].status == 200
    wrong = ("top=0", "top=501", "top=1.5", "top=-1", "top=x", "since=2026-02-30", "since=1", "x=1")
    for query in (
        *wrong,
        "words=a&words=b",
        "words=%ff",
        "words=" + "a" * 501,
        "words=" + "b" * 20_000,
    ):
        refused(served, 400, "bad-request", f"/api/search?{query}")
    assert served.ask("/api/search?words=a&since=0001-01-01&until=9999-12-31")[0].status == 200


def test_every_answer_forbids_what_a_browser_could_do_with_it(served: Served) -> None:
    for path in ("/", "/api/runs", "/openapi.json", "/nothing", "/api/search"):
        headers = served.ask(path)[0].headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert headers["cross-origin-resource-policy"] == "same-origin", path
        assert headers["server"] is None, path
