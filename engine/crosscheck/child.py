"""The process in which durable-rules runs: `python -m engine.crosscheck.child`.

Reads a JSON object per line and answers with one. It was seen to crash or to hang the process it lives in, so
it never lives in ours. After any error this process ends: a session that is not cleaned up spoils later ones.

    {"load": id, "stages": [...], "targets": {field: target}}  ->  {"loaded": id}
    {"evaluate": id, "values": {field: value}}                 ->  {"fired": [target, ...]}
    anything that goes wrong                                   ->  {"error": text}, and the end
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TextIO

from engine.crosscheck.fence import FIELDS_AT_MOST, MARKER, RULES_AT_MOST, Plain, clashing_names

_SIGNS = {"ne": "$neq", "lt": "$lt", "le": "$lte", "gt": "$gt", "ge": "$gte"}


class _NoHost:
    """Stands in for a Host, which would start two threads that nobody stops."""

    get_action = None


class LoadedRuleset:
    """One durable-rules ruleset with the fields it reads."""

    def __init__(self, name: str, branches: Sequence[Any]) -> None:
        # Only this process may bear the cost and the risk.
        import durable_rules_engine
        from durable import engine

        self._engine, self._not_handled = durable_rules_engine, engine.MessageNotHandledException
        self._fields = tuple(dict.fromkeys(found for _, checks in branches for found in _fields_in(checks)))
        _refuse_outside_fence(self._fields, len(branches))
        self._targets = {f"b{number}": target for number, (target, _) in enumerate(branches)} | {"always": MARKER}
        rules = {f"b{number}": _rule(checks) for number, (_, checks) in enumerate(branches)}
        # Without a rule that always fires, deleting the session of a fact that fires nothing is a crash.
        self._ruleset = engine.Ruleset(name, _NoHost(), rules | {"always": _rule([("eq", MARKER, 1)])})

    def fire(self, session: str, values: Mapping[str, Plain]) -> set[str]:
        """The targets that fire on these values; the session is gone afterwards."""
        fact = {name: values[name] for name in self._fields} | {MARKER: 1, "sid": session}
        try:
            fired = {self._targets[name] for name in self._start_each(self._ruleset.assert_fact(fact))}
        except self._not_handled as error:
            raise RuntimeError("the marker did not fire") from error
        if MARKER not in fired:
            raise RuntimeError("the marker did not fire")
        self._ruleset.delete_state(session)
        return fired - {MARKER}

    def _start_each(self, state: int) -> Iterator[str]:
        """The names of the rules that fire.

        The package's own loop calls a Python function for each and parses the whole fact each time, which took
        four fifths of the time; here the name is all that is wanted. A message is {"name": ...}.
        """
        handle = self._ruleset._handle
        started = self._engine.start_action_for_state(handle, state)
        message = started[1] if started else None
        while message:
            yield message[2 : message.index('"', 2)]
            message = self._engine.complete_and_start_action(handle, state)


def _rule(checks: Sequence[Any]) -> dict[str, Any]:
    conditions = [_condition(*check) for check in checks] or [{MARKER: 1}]
    match = conditions[0] if len(conditions) == 1 else {"$and": conditions}
    return {"all": [{"m": match}], "run": _do_nothing}


def _do_nothing(_: object) -> None:
    """durable-rules wants an action for each rule; it is never called."""


def _condition(relation: str, name: str, value: Any) -> dict[str, Any]:
    comparison = {name: {"$m": value["field"]} if isinstance(value, dict) else value}
    return comparison if relation == "eq" else {_SIGNS[relation]: comparison}


def _fields_in(checks: Sequence[Any]) -> list[str]:
    others = (value["field"] for _, _, value in checks if isinstance(value, dict))
    return [*(name for _, name, _ in checks), *others]


def _refuse_outside_fence(fields: Sequence[str], rules: int) -> None:
    clash = clashing_names(fields)
    if clash:
        raise RuntimeError(f"fields {clash[0]} and {clash[1]} share a hash")
    if len(fields) > FIELDS_AT_MOST or rules > RULES_AT_MOST:
        raise RuntimeError(f"{rules} rules over {len(fields)} fields is more than it bears")


class Programs:
    """What is loaded, and the counter that gives every evaluation its own session."""

    def __init__(self) -> None:
        self._stages: dict[str, list[list[LoadedRuleset]]] = {}
        self._targets: dict[str, Mapping[str, str]] = {}
        self._rulesets = 0
        self._sessions = 0

    def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to one line."""
        if "load" in request:
            return self._load(request["load"], request["stages"], request["targets"])
        return {"fired": sorted(self._evaluate(request["evaluate"], request["values"]))}

    def _load(self, program: str, stages: Sequence[Any], targets: Mapping[str, str]) -> dict[str, Any]:
        self._stages[program] = [[self._load_ruleset(branches) for branches in stage] for stage in stages]
        self._targets[program] = targets
        return {"loaded": program}

    def _load_ruleset(self, branches: Sequence[Any]) -> LoadedRuleset:
        self._rulesets += 1
        return LoadedRuleset(f"rules{self._rulesets}", branches)

    def _evaluate(self, program: str, values: dict[str, Plain]) -> set[str]:
        fired: set[str] = set()
        for stage in self._stages[program]:
            values |= {name: int(target in fired) for name, target in self._targets[program].items()}
            for ruleset in stage:
                self._sessions += 1
                fired |= ruleset.fire(f"s{self._sessions}", values)
        return fired


def serve(requests: TextIO, answers: TextIO) -> int:
    """Answer every line until there are no more; 1 after an error."""
    programs = Programs()
    for line in requests:
        try:
            answer = programs.answer(json.loads(line))
        except BaseException as error:  # whatever it is, the parent must hear it
            text = getattr(error, "message", "") or f"{type(error).__name__}: {error}"
            print(json.dumps({"error": text}), file=answers, flush=True)
            return 1
        print(json.dumps(answer), file=answers, flush=True)
    return 0


def run() -> int:
    """Serve standard input. What else is printed goes to standard error, out of the way of the answers."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with answers:
        return serve(sys.stdin, answers)


if __name__ == "__main__":
    sys.exit(run())
