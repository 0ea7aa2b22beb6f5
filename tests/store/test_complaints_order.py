"""What the driver met first is what is told, also when a pipeline ends by saying that it was aborted."""

from __future__ import annotations

import pytest

from engine.core.errors import StoreError
from engine.store.complaints import ExplainedErrors


class IntegrityError(Exception):
    """Named as every driver names it (PEP 249)."""


class PipelineAborted(Exception):
    """Raised over the first fault when a pipeline is closed."""


def close_badly() -> None:
    """A pipeline that is closed after a fault."""
    try:
        raise IntegrityError("no such parent")
    finally:
        raise PipelineAborted("pipeline aborted")


def test_an_aborted_pipeline_tells_what_aborted_it() -> None:
    with pytest.raises(StoreError, match="past niet bij wat al is opgeslagen"), ExplainedErrors("db", Exception):
        close_badly()


def test_an_aborted_pipeline_without_a_cause_is_told_as_it_is() -> None:
    with pytest.raises(StoreError, match="pipeline aborted"), ExplainedErrors("db", Exception):
        raise PipelineAborted("pipeline aborted")
