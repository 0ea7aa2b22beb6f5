"""A sweep that says when it begins, so that the one who kills it knows.

python -m tests.scenarios.sweep_worker WORKPLACE ORDER   with ORDER `due` or `letters`: which half comes first
"""

from __future__ import annotations

import sys
from pathlib import Path

from engine.runtime import Runtime
from engine.settings import load_settings
from engine.usecases.run_due import run_due
from engine.usecases.send_letters import send_letters


def sweep(folder: Path, order: str) -> None:
    """Do what is due and send what waits, once."""
    runtime = Runtime(load_settings(folder, {}))
    runtime.store  # noqa: B018 - the slow import, before the word is given
    print("begin", flush=True)
    halves = (run_due, send_letters) if order == "due" else (send_letters, run_due)
    for half in halves:
        half(runtime)
    runtime.close()


if __name__ == "__main__":
    sweep(Path(sys.argv[1]), sys.argv[2])
