"""A headless Chromium driven over a pipe: what it prints, requests and shows."""

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
TIMEOUT_S = 60.0
# DevTools over --remote-debugging-pipe reads descriptor 3 and writes 4, which no shell can promise
_START = (
    "import os, sys; read, write = map(int, sys.argv[1:3]); "
    "copies = [os.open(os.devnull, os.O_RDONLY) for _ in range(8)]; "  # below 5 nothing is free
    "copies = os.dup(read), os.dup(write); os.dup2(copies[0], 3); os.dup2(copies[1], 4); "
    "os.execv(sys.argv[3], sys.argv[3:])"
)


@dataclass
class Browser:
    """One page of one browser: `problems` it told of, `requests` it made."""

    commands: int
    answers: int
    session: str = ""
    problems: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    _number: int = 0
    _read: bytes = b""

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The result of a DevTools command."""
        self._number += 1
        number = self._number
        request: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.commands, json.dumps(request).encode() + b"\0")
        deadline = time.monotonic() + TIMEOUT_S
        while time.monotonic() < deadline:
            message = self._message(deadline)
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                result: dict[str, Any] = message["result"]
                return result
            self._note(message)
        raise TimeoutError(f"{method} gave no answer within {TIMEOUT_S} s")

    def _message(self, deadline: float) -> dict[str, Any]:
        while b"\0" not in self._read:
            if not select.select([self.answers], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise TimeoutError(f"the browser was silent for {TIMEOUT_S} s")
            received = os.read(self.answers, 1 << 20)
            if not received:
                raise RuntimeError("the browser went away")
            self._read += received
        event_bytes, self._read = self._read.split(b"\0", 1)
        message: dict[str, Any] = json.loads(event_bytes)
        return message

    def _note(self, event: dict[str, Any]) -> None:
        parameters, method = event.get("params", {}), event.get("method")
        if method == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            self.problems.append(str(details.get("exception", details).get("description", details)))
        elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning"):
            self.problems.append(str([argument.get("value") for argument in parameters["args"]]))
        elif method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            self.problems.append(parameters["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])

    def size(self, width: int, height: int = 900, media: str = "light") -> None:
        """Gives the page this width, as a phone has it below 500 px."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 500,
        )
        scheme = {"name": "prefers-color-scheme", "value": media}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def open(self, path: Path, place: str = "") -> None:
        """Opens a file and waits until it says that it is ready."""
        self.visit(path.resolve().as_uri() + place)
        self.wait("document.documentElement?.dataset.ready === 'yes'")

    def visit(self, url: str) -> None:
        """Opens an address; what was noted of the page before is forgotten."""
        self.call("Page.navigate", url="about:blank")
        self.problems.clear()
        self.requests.clear()
        self.call("Page.navigate", url=url)

    def look(self, script: str) -> Any:
        """The value of an expression in the page."""
        result = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"].get("description", result))
        return result["result"].get("value")

    def wait(self, script: str) -> None:
        """Waits until the expression is true."""
        deadline = time.monotonic() + TIMEOUT_S
        while time.monotonic() < deadline:
            if self.look(f"Boolean({script})"):
                return
            time.sleep(0.02)
        raise TimeoutError(f"never true: {script}; problems: {self.problems}")

    def click(self, selector: str) -> None:
        """Clicks in the middle of an element, as a mouse does."""
        quoted = json.dumps(selector)
        place = self.look(
            f"(() => {{ const one = document.querySelector({quoted});"
            " one.scrollIntoView({block: 'center', behavior: 'instant'});"
            " const r = one.getClientRects()[0];"
            " return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call(
                "Input.dispatchMouseEvent",
                type=kind,
                x=place[0],
                y=place[1],
                button="left",
                clickCount=1,
            )

    def write(self, text: str) -> None:
        """Types into what has the focus."""
        self.call("Input.insertText", text=text)

    def press(self, key: str, code: int, modifiers: int = 0) -> None:
        """Presses a key, with Ctrl (2) or Shift (8) if it is said."""
        text = "\r" if key == "Enter" else ""
        for kind in ("keyDown", "keyUp"):
            key_event: dict[str, Any] = {"type": kind, "key": key, "code": key}
            key_event |= {"windowsVirtualKeyCode": code, "modifiers": modifiers}
            key_event |= {"text": text} if text else {}
            self.call("Input.dispatchKeyEvent", **key_event)

    def picture(self, path: Path, is_whole: bool = False) -> Path:
        """A screenshot of what is seen, or of the whole page."""
        result = self.call("Page.captureScreenshot", captureBeyondViewport=is_whole)
        path.write_bytes(base64.b64decode(result["data"]))
        return path


@contextmanager
def browser() -> Iterator[Browser]:
    """A started Chromium with an empty profile, ended afterwards."""
    assert CHROMIUM, "no Chromium on this machine; apt-get install chromium"
    into, commands = os.pipe()
    answers, out = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        flags = [
            *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
            *("--hide-scrollbars", "--force-color-profile=srgb", "--remote-debugging-pipe"),
            f"--user-data-dir={profile}",
        ]
        process = subprocess.Popen(
            [sys.executable, "-c", _START, str(into), str(out), CHROMIUM, *flags, "about:blank"],
            pass_fds=(into, out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(into)
        os.close(out)
        started = Browser(commands, answers)
        try:
            _attach(started)
            yield started
            started.session = ""
            started.call("Browser.close")
        finally:
            os.close(commands)
            os.close(answers)
            process.kill()  # what it wrote goes with its profile
            process.wait()


def _attach(started: Browser) -> None:
    targets = started.call("Target.getTargets")["targetInfos"]
    page = next(target["targetId"] for target in targets if target["type"] == "page")
    result = started.call("Target.attachToTarget", targetId=page, flatten=True)
    started.session = result["sessionId"]
    for domain in ("Page", "Runtime", "Log", "Network"):
        started.call(f"{domain}.enable")
