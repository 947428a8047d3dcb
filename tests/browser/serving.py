"""The real app, served from a process of its own, for tests, pictures and measurements."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 180


@dataclass(frozen=True)
class ServedApp:
    """Where the app answers and where it writes what went wrong."""

    origin: str
    log: Path
    pid: int

    def traces(self) -> list[str]:
        """Lines of the log that begin a stack trace, each with the line it ended in."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        starts = [number for number, line in enumerate(lines) if "Traceback (most recent call last)" in line]
        return ["\n".join(lines[number : number + 40]) for number in starts]


@contextmanager
def serving(
    district: Path, log: Path, entry: str = "app.py", health: str = "/health", *arguments: str
) -> Iterator[ServedApp]:
    """The app (or another entry script with its arguments) on a free port with this district, until the block is left.

    Raises RuntimeError with the end of the log when it does not answer its health question.
    """
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        entry,
        "--server.port",
        str(port),
        "--server.address",
        "127.0.0.1",
        "--server.headless",
        "true",
        *(("--", *arguments) if arguments else ()),
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    environment |= {"MIHARASHI_DATA": str(district), "PYTHONUNBUFFERED": "1"}
    with log.open("wb") as out:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        app = ServedApp(f"http://127.0.0.1:{port}", log, server.pid)
        wait_until_healthy(app, server, health)
        yield app
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_until_healthy(app: ServedApp, server: subprocess.Popen[bytes], health: str) -> None:
    """Return as soon as the app says it is well."""
    pause = threading.Event()
    for _ in range(SECONDS_TO_START * 10):
        if server.poll() is not None:
            break
        try:
            if httpx.get(app.origin + health, timeout=5, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            pass  # not listening yet
        pause.wait(0.1)
    tail = app.log.read_text(encoding="utf-8", errors="replace")[-3000:]
    raise RuntimeError(f"the app did not come up:\n{tail}")


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
