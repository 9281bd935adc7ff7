"""A client for a language server over its standard streams: opens texts, and hands out what an editor would show."""

import json
import queue
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec


class Complaint(msgspec.Struct, frozen=True, kw_only=True):
    """One diagnostic: its line (from 1, as people count), and its words."""

    line: int
    message: str


class LanguageServer:
    """A running server; everything it says is read by a thread of its own, so that nothing ever blocks for good.

    `settings` is what the server gets where it asks for the editor's configuration, by section.
    """

    def __init__(self, command: Sequence[str], folder: Path, settings: dict[str, Any]) -> None:
        self._settings = settings
        self._process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._heard: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        self._asked = 0
        self._versions: dict[str, int] = {}
        self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": folder.as_uri(),
                "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name}],
                "capabilities": {
                    "workspace": {"configuration": True, "workspaceFolders": True},
                    "textDocument": {
                        "publishDiagnostics": {},
                        "hover": {"contentFormat": ["plaintext"]},
                        "completion": {"completionItem": {"documentationFormat": ["plaintext"]}},
                    },
                },
            },
        )
        self._notify("initialized", {})
        self._notify("workspace/didChangeConfiguration", {"settings": settings})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait(timeout=10)
        self._reader.join(timeout=10)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def problems(self, path: Path, text: str) -> list[Complaint]:
        """Open a text as the file at `path`, or change it to this text; what the server then complains about."""
        uri = path.as_uri()
        version = self._versions.get(uri, 0) + 1
        self._versions[uri] = version
        if version == 1:
            document = {"uri": uri, "languageId": "yaml", "version": version, "text": text}
            self._notify("textDocument/didOpen", {"textDocument": document})
        else:
            named = {"uri": uri, "version": version}
            self._notify("textDocument/didChange", {"textDocument": named, "contentChanges": [{"text": text}]})
        found = self._wait(lambda said: said.get("method") == "textDocument/publishDiagnostics" and _is(said, uri))
        return sorted(
            (Complaint(line=one["range"]["start"]["line"] + 1, message=one["message"]) for one in found["diagnostics"]),
            key=lambda complaint: complaint.line,
        )

    def completions(self, path: Path, line: int, column: int) -> list[str]:
        """What is offered at a place of the text that is open (line and column from 1)."""
        offered = self.request("textDocument/completion", _place(path, line, column))
        items = offered["items"] if isinstance(offered, dict) else offered
        return [item["label"] for item in items]

    def hover(self, path: Path, line: int, column: int) -> str:
        """The words shown at a place of the text that is open (line and column from 1); empty if there are none."""
        shown = self.request("textDocument/hover", _place(path, line, column))
        contents = shown["contents"] if shown else ""
        return contents["value"] if isinstance(contents, dict) else str(contents)

    def request(self, method: str, params: dict[str, Any]) -> Any:
        """Ask the server something; its answer."""
        self._asked += 1
        wanted = self._asked
        self._send({"jsonrpc": "2.0", "id": wanted, "method": method, "params": params})
        answer = self._wait(lambda said: "method" not in said and said.get("id") == wanted, whole=True)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def _notify(self, method: str, params: dict[str, Any]) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def _send(self, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _wait(self, fits: Any, *, whole: bool = False, seconds: float = 30) -> Any:
        """What the server says next that fits, others passed over and its own questions answered."""
        until = time.monotonic() + seconds
        while True:
            said = self._heard.get(timeout=max(0.01, until - time.monotonic()))
            assert said is not None, "the language server has ended"
            if "method" in said and "id" in said:
                self._send({"jsonrpc": "2.0", "id": said["id"], "result": self._answer(said)})
            if fits(said):
                return said if whole else said["params"]

    def _answer(self, asked: dict[str, Any]) -> Any:
        if asked["method"] == "workspace/configuration":
            return [self._settings.get(item.get("section", ""), {}) for item in asked["params"]["items"]]
        return None

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        try:
            while header := stream.readline():
                length = 0
                while header.strip():
                    name, _, value = header.partition(b":")
                    if name.lower() == b"content-length":
                        length = int(value)
                    header = stream.readline()
                self._heard.put(json.loads(stream.read(length)))
        finally:
            self._heard.put(None)


def _is(said: dict[str, Any], uri: str) -> bool:
    return bool(said["params"]["uri"] == uri)


def _place(path: Path, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line - 1, "character": column - 1}}
