"""A headless Chromium spoken to over its debugging pipe: no port, no driver, nothing but the browser itself."""

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)

needs_chromium = pytest.mark.skipif(
    not CHROMIUM or sys.platform == "win32", reason="needs Chromium: the report was not looked at in a browser"
)

NOWHERE = "MAP * ~NOTFOUND"
"""No host is found: a page that loads anything from the network fails to, and says so."""


class Browser:
    """One page in one browser; `messages` are what the page logged, `requests` every address that it asked for."""

    def __init__(self, folder: Path) -> None:
        mine_in, theirs_out = os.pipe()
        theirs_in, mine_out = os.pipe()
        reading, writing = fcntl.fcntl(theirs_in, fcntl.F_DUPFD, 5), fcntl.fcntl(theirs_out, fcntl.F_DUPFD, 5)
        flags = "--headless=new --no-sandbox --disable-gpu --remote-debugging-pipe --no-first-run --hide-scrollbars"
        script = f'exec "$0" "$@" 3<&{reading} 4>&{writing}'
        arguments = [*flags.split(), f"--host-resolver-rules={NOWHERE}", f"--user-data-dir={folder}", "about:blank"]
        self._process = subprocess.Popen(
            ["bash", "-c", script, CHROMIUM, *arguments],
            pass_fds=(reading, writing),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for descriptor in (theirs_in, theirs_out, reading, writing):
            os.close(descriptor)
        self._in, self._out, self._rest, self._number = mine_in, mine_out, b"", 0
        self._session: str | None = None
        self.messages: list[str] = []
        self.requests: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def close(self) -> None:
        with suppress(OSError, AssertionError):
            self._session = None
            self.call("Browser.close")
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self._process.kill()
        self._process.wait()
        os.close(self._in)
        os.close(self._out)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask for something and wait for the answer."""
        self._number += 1
        asked: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._out, json.dumps(asked).encode() + b"\0")
        while True:
            found = self._next()
            if found.get("id") == self._number:
                assert "error" not in found, found
                answer: dict[str, Any] = found["result"]
                return answer

    def _next(self, patience: float = 60) -> dict[str, Any]:
        end = time.monotonic() + patience
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._in], [], [], max(0.0, end - time.monotonic()))
            assert ready, "the browser does not answer"
            got = os.read(self._in, 1 << 20)
            assert got, "the browser has gone"
            self._rest += got
        line, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(line)
        self._note(found.get("method", ""), found.get("params", {}))
        return found

    def _note(self, method: str, about: dict[str, Any]) -> None:
        match method:
            case "Log.entryAdded":
                self.messages.append(about["entry"]["text"])
            case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown":
                self.messages.append(json.dumps(about))
            case "Network.requestWillBeSent":
                self.requests.append(about["request"]["url"])

    def open(self, path: Path, width: int, scheme: str = "light", fragment: str = "", media: str = "") -> None:
        """Load a file at a width in pixels, in the light or the dark scheme, as on a screen or as printed."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", media=media, features=features)
        self.call("Page.navigate", url=path.as_uri() + fragment)
        while self.run("document.readyState") != "complete":
            time.sleep(0.05)

    def run(self, expression: str) -> Any:
        """What an expression comes to on the page."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def picture(self, out: Path, *, top: float = 0, height: float | None = None) -> None:
        """A picture of the page as a file, from `top` on, so many pixels high."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": top, "width": size["width"], "height": height or size["height"] - top, "scale": 1}
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        out.write_bytes(base64.b64decode(shot["data"]))

    def printed(self) -> bytes:
        """The page as a PDF, with A4 paper."""
        done = self.call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69, printBackground=False)
        return base64.b64decode(done["data"])
