"""A minimal writer of WARC 1.1 records (ISO 28500:2017), the same bytes for the same input."""

import base64
import gzip
import hashlib
import uuid
from collections.abc import Mapping
from datetime import datetime

# Part of no record: it makes the record ids ours.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "sample.copytrail.example")


def warcinfo_record(filename: str, date: datetime) -> bytes:
    """Return the gzip member that opens a WARC file."""
    block = b"software: copytrail sample\r\nformat: WARC File Format 1.1\r\n"
    headers = {"WARC-Type": "warcinfo", "WARC-Filename": filename}
    return _member(headers | _identity(filename, date), "application/warc-fields", block)


def response_record(url: str, date: datetime, status: str, media_type: str, body: bytes) -> bytes:
    """Return the gzip member of one HTTP answer."""
    lines = (
        f"HTTP/1.1 {status}",
        f"Content-Type: {media_type}",
        f"Content-Length: {len(body)}",
    )
    block = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
    headers = {
        "WARC-Type": "response",
        "WARC-Target-URI": url,
        "WARC-Payload-Digest": _digest(body),
    }
    return _member(headers | _identity(url, date), "application/http; msgtype=response", block)


def _identity(name: str, date: datetime) -> dict[str, str]:
    stamp = f"{date:%Y-%m-%dT%H:%M:%SZ}"
    return {
        "WARC-Date": stamp,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(NAMESPACE, f'{name} {stamp}')}>",
    }


def _member(headers: Mapping[str, str], content_type: str, block: bytes) -> bytes:
    fields = dict(headers) | {
        "WARC-Block-Digest": _digest(block),
        "Content-Type": content_type,
        "Content-Length": str(len(block)),
    }
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    # mtime=0: gzip would write the clock into its header.
    return gzip.compress(head.encode() + b"\r\n" + block + b"\r\n\r\n", mtime=0)


def _digest(data: bytes) -> str:
    sha1 = hashlib.sha1(data, usedforsecurity=False).digest()
    return "sha1:" + base64.b32encode(sha1).decode()
