"""A child process that answers each line with a line, within a time; it is killed when it does not."""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections.abc import Sequence
from types import TracebackType

from engine.core.errors import EngineError

_CHUNK = 65536
_PATIENCE_AT_CLOSE = 2.0


class Pipe:
    """Starts a child and talks with it. Not for use by two threads at once. Close it, or use it in `with`."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # a fixed command, no shell
            list(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._into, self._out = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._into, False)
        self._received = b""

    def __enter__(self) -> Pipe:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    @property
    def process_id(self) -> int:
        """The number of the child process."""
        return self._process.pid

    def ask(self, line: str, seconds: float) -> str:
        """Send one line and give the line that comes back.

        Raises EngineError, with the child gone, when it dies or does not answer within `seconds`.
        """
        unsent = line.encode() + b"\n"
        give_up_at = time.monotonic() + seconds
        while b"\n" not in self._received:
            left = give_up_at - time.monotonic()
            writing = [self._into] if unsent else []
            readable, writable, _ = select.select([self._out], writing, [], max(left, 0))
            if not readable and not writable:
                self.kill()
                raise EngineError(f"geen antwoord binnen {seconds:g} seconden")
            if writable:
                unsent = unsent[self._write(unsent) :]
            if readable:
                self._read()
        answer, _, self._received = self._received.partition(b"\n")
        return answer.decode()

    def _write(self, unsent: bytes) -> int:
        try:
            return os.write(self._into, unsent[:_CHUNK])
        except BrokenPipeError:
            raise self._ended() from None

    def _read(self) -> None:
        chunk = os.read(self._out, _CHUNK)
        if not chunk:
            raise self._ended()
        self._received += chunk

    def _ended(self) -> EngineError:
        self.close()
        return EngineError(f"het proces stopte onverwacht (code {self._process.returncode})")

    def kill(self) -> None:
        """End the child at once."""
        self._process.kill()
        self.close()

    def close(self) -> None:
        """End the child: it stops when its input ends, and is killed when it does not. May be called twice."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None and not stream.closed:
                stream.close()
        try:
            self._process.wait(_PATIENCE_AT_CLOSE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
