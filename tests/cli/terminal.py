"""Types commands as a person does, in this process, and keeps what came back: output, errors, exit code."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
_KEPT_FROM_HOST = ("TREDE_TEST_",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command answered; paths of the workplace are written as <werkplek>."""

    code: int
    out: str
    err: str

    def expect(self, code: int) -> Answer:
        """The same answer, when it ended with this exit code."""
        assert self.code == code, f"exit {self.code}, verwacht {code}\n{self.out}\n{self.err}"
        return self

    @property
    def json(self) -> Any:
        """The output as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Terminal:
    """A person in a folder."""

    folder: Path

    def run(self, *words: str) -> Answer:
        """Type `trede` and these words."""
        out, err = io.StringIO(), io.StringIO()
        before, arguments = Path.cwd(), sys.argv
        environment = dict(os.environ)
        for name in filter(_is_setting, environment):
            del os.environ[name]
        try:
            os.chdir(self.folder)
            os.environ["COLUMNS"] = "80"
            sys.argv = ["trede", *words]
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = _ending(run)
        finally:
            os.chdir(before)
            sys.argv = arguments
            os.environ.clear()
            os.environ.update(environment)
        return Answer(code=code, out=self._without_place(out), err=self._without_place(err))

    def _without_place(self, stream: io.StringIO) -> str:
        said = stream.getvalue().replace(str(self.folder.resolve()), "<werkplek>").replace(str(ROOT), "<hier>")
        # What a letter is known by in the outbox is given at random, so that no other ever has it.
        return re.sub(r"-[0-9a-f]{16}(?=\.(?:pdf|html))", "-<kenmerk>", said)


def _is_setting(name: str) -> bool:
    return name.startswith("TREDE_") and not name.startswith(_KEPT_FROM_HOST)


def _ending(command: Any) -> int:
    try:
        command()
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else int(ending.code is not None)
    return 0
