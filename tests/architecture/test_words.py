"""The core holds codes, `engine.words` the sentences; both sides of every code are there, with the same parameters."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from engine.words.of_clock import CLOCK
from engine.words.of_errors import OTHERS
from engine.words.of_journal import CAUSES, NOTICES
from engine.words.of_mended_letters import MENDED_LETTERS
from engine.words.of_people import PEOPLE
from engine.words.of_subjects import SUBJECTS
from engine.words.of_terms import STEPS, WARNINGS
from engine.words.of_values import VALUES

CORE = Path("engine/core")
WORD = re.compile(r"[^\W\d_]{2,}")
CITATION = re.compile(r"art\. \d+( lid \d+)?( en art\. \d+)?")
# Code that is written by code, and names of fields.
NO_WORDS = {
    "engine/core/evaluation/compiled.py",
    "engine/core/evaluation/reasons.py",
    "engine/core/evaluation/relations.py",
    "engine/core/quick_class.py",
}
# English, for who mends the program: what a mistake in it says of itself, and the key of a kept answer.
FOR_PROGRAMMERS = re.compile(r"\b(?:cannot|not a ledger entry|is needed here|last safe receipt)\b")


def sentences(tree: ast.Module) -> Iterator[str]:
    """String constants of three or more words, outside docstrings; an f-string counts as a whole."""
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = " ".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
            silent |= {id(part) for part in node.values}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            text = node.value
        else:
            continue
        if " " in text and len(WORD.findall(CITATION.sub("", text))) > 2 and not FOR_PROGRAMMERS.search(text):
            yield text


def files_with_sentences() -> set[str]:
    return {str(path) for path in CORE.rglob("*.py") if any(sentences(ast.parse(path.read_text("utf-8"))))}


def test_the_core_holds_no_sentence_that_a_person_reads() -> None:
    assert files_with_sentences() == NO_WORDS, "a new sentence, or a file that holds none any more"


def test_the_search_for_sentences_finds_them() -> None:
    planted = 'def f(day):\n    """A docstring of many words."""\n    raise E(f"De klok {day} staat stil.", "a_code")\n'
    assert list(sentences(ast.parse(planted))) == ["De klok   staat stil."]
    assert not list(sentences(ast.parse('x = (f"{STATUTE} art. 1 lid 1 en art. 3", "SELECT", "a_b_c_d")')))


# -- codes and their words


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def said_in_core(function: str, code_at: int) -> Iterator[tuple[str, set[str]]]:
    """Each code and its parameters, where `function` is called with them; a choice between codes gives both."""
    for path in set(CORE.rglob("*.py")) - {CORE / "errors.py"}:  # an error hands on the message it was made with
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == function:
                code, rest = node.args[code_at], node.args[code_at + 1 :]
                given = rest[0] if rest else ast.Dict(keys=[], values=[])
                if isinstance(given, ast.Name):
                    given = assigned(path, given.id)
                assert isinstance(given, ast.Dict), f"{path}:{node.lineno} gives its parameters in no list"
                names = {key.value for key in given.keys if isinstance(key, ast.Constant)}
                chosen = [code.body, code.orelse] if isinstance(code, ast.IfExp) else [code]
                for one in chosen:
                    assert isinstance(one, ast.Constant), f"{path}:{node.lineno} says no code"
                    yield str(one.value), names


RAISED = {"UsageError", "DefinitionError", "LetterError"}


def raised_in_core() -> Iterator[tuple[str, set[str]]]:
    """Each code of an error and what it gives, where the core or the second evaluator makes one."""
    for path in (*CORE.rglob("*.py"), *Path("engine/crosscheck").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISED:
                code, names = node.args[0], {one.arg for one in node.keywords if one.arg} - {"where"}
                for one in [code.body, code.orelse] if isinstance(code, ast.IfExp) else [code]:
                    assert isinstance(one, ast.Constant), f"{path}:{node.lineno} says no code"
                    yield str(one.value), names


def assigned(path: Path, name: str) -> ast.expr:
    tree = ast.parse(path.read_text("utf-8"))
    (value,) = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name
    ]
    return value


def test_every_message_of_the_core_has_words_for_exactly_what_it_gives() -> None:
    rooms = (CLOCK, VALUES, SUBJECTS, PEOPLE, MENDED_LETTERS, OTHERS)
    words = {code: "".join(said) for room in rooms for code, said in room.items()}
    tables = STEPS | WARNINGS | words
    said = [*said_in_core("Message", 0), *raised_in_core()]
    assert [one for one in said if one[0] not in tables] == []
    assert [(code, names) for code, names in said if placeholders(tables[code]) != names] == []
    assert set(tables) == {code for code, _ in said}, "words that nobody says"
    assert len(tables) == len(STEPS) + len(WARNINGS) + sum(map(len, rooms)), "one code, one sentence"


def test_every_message_for_an_inbox_has_words_for_what_it_gives() -> None:
    derived = {"term_warning": {"number"}, "transition": {"target"}}  # which reminder, which of several of one name
    said = dict(said_in_core("tell_bodies", 2))
    for code, names in said.items():
        assert placeholders(NOTICES[code]) - {"term", "reminder"} == names - derived.get(code, set()), code
    others = {"case_not_opened", "task"}  # of what did not follow, and what a person gives somebody to do
    assert set(NOTICES) == set(said) | others


def test_every_cause_in_a_ledger_has_words() -> None:
    given = {
        node.value.value
        for path in CORE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "cause" and isinstance(node.value, ast.Constant)
    }
    assert set(CAUSES) == given | {""}
