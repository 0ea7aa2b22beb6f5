"""A YAML file with facts, as `trede case open --from` takes it: names and values, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from engine.core.errors import UsageError
from engine.definitions.reading.yaml_reader import read_yaml
from engine.given_file import read_text


def read_facts_file(path: Path) -> Mapping[str, object]:
    """The facts by name, values as YAML 1.2 reads them (dates as dates); None for what was left empty.

    Raises DefinitionError for wrong YAML, UsageError for what is no text, or does not hold names and values.
    """
    plain = read_yaml(read_text(path).text, str(path), is_form=True).value
    if not isinstance(plain, Mapping):
        raise UsageError(
            "Het bestand bevat geen namen met waarden.",
            where=str(path),
            next_step="Schrijf op elke regel een gegeven, bijvoorbeeld `sector: po`.",
        )
    return {str(name): value for name, value in plain.items()}
