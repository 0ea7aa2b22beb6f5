"""A child that crashes, hangs or talks nonsense is a failure, and the next comparison works again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.core.errors import EngineError
from engine.core.evaluation.conclusions import Conclusions, PreparedRules
from engine.core.language.conditions import Literal, Operator, Test
from engine.core.language.facts import FactType, Value
from engine.crosscheck import partner
from engine.crosscheck.partner import Agreement, Failure, SecondEvaluator, Verdict, is_available, why_absent
from engine.crosscheck.pipe import Pipe
from tests.core.rules.strategies import around, declare
from tests.crosscheck.test_three_agree import rules_for

pytestmark = pytest.mark.long

HANGS = "import sys, time\nfor line in sys.stdin: time.sleep(3600)"
DEAF = "import time\ntime.sleep(3600)"
CRASHES = "import os, sys\nsys.stdin.readline()\nos.kill(os.getpid(), 11)"
BABBLES = "import sys\nfor line in sys.stdin: print('[42', flush=True)"
LISTS = "import sys\nfor line in sys.stdin: print('[42]', flush=True)"
DIES_SOON = """
import os, random, signal, threading
killer = threading.Timer(random.uniform(0, 0.12), os.kill, (os.getpid(), signal.SIGKILL))
killer.daemon = True
killer.start()
from engine.crosscheck.child import run
run()
"""
COMPLAINS = """import sys\nfor line in sys.stdin: print('{"error": "code 303"}', flush=True)"""


def small_rules() -> PreparedRules:
    when = Test(fact="f", operator=Operator.IS, operand=Literal(value=1))
    return PreparedRules(rules_for({"f": declare("f", FactType.NUMBER)}, [when]))


def compare(second: SecondEvaluator, prepared: PreparedRules, value: Value = 1) -> Verdict:
    known = Conclusions(prepared, {"f": value}, around(prepared.rules.facts))
    return second.compare(known, known.truths())


def is_running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_child_killed_between_two_comparisons_is_a_failure_and_the_next_one_works(
    own_second: SecondEvaluator,
) -> None:
    rules = small_rules()
    agreed = Agreement(compared=1, left_out={})
    assert compare(own_second, rules) == agreed
    first = own_second.process_id
    assert first is not None
    os.kill(first, signal.SIGKILL)
    verdict = compare(own_second, rules)
    assert isinstance(verdict, Failure)
    assert "regelset 'proef'" in verdict.reason
    assert compare(own_second, rules) == agreed
    assert own_second.process_id != first
    assert not is_running(first), "the dead child is cleared away, not left as a zombie"


def test_a_child_that_dies_at_random_moments_never_gives_a_wrong_answer() -> None:
    rules = small_rules()
    verdicts: list[Verdict] = []
    with SecondEvaluator(command=(sys.executable, "-W", "ignore", "-c", DIES_SOON)) as second:
        while sum(isinstance(verdict, Failure) for verdict in verdicts) < 4 and len(verdicts) < 100_000:
            verdicts.append(compare(second, rules, len(verdicts) % 3))
    assert {type(verdict) for verdict in verdicts} <= {Agreement, Failure}
    assert isinstance(verdicts[-1], Failure), "the children must have died"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (HANGS, "geen antwoord binnen 0.3 seconden"),
        (DEAF, "geen antwoord binnen 0.3 seconden"),
        (CRASHES, "het proces stopte onverwacht (code -11)"),
        (BABBLES, "gaf geen antwoord"),
        (LISTS, "onleesbaar antwoord"),
        (COMPLAINS, "code 303"),
    ],
)
def test_a_child_that_misbehaves_is_a_failure_and_is_gone_afterwards(script: str, words: str) -> None:
    seconds = 0.3 if "geen antwoord binnen" in words else 20
    with SecondEvaluator(seconds=seconds, command=(sys.executable, "-c", script)) as second:
        verdict = compare(second, small_rules())
        assert isinstance(verdict, Failure)
        assert words in verdict.reason
        assert second.process_id is None


def test_a_child_that_does_not_read_a_long_line_does_not_block_us() -> None:
    with Pipe((sys.executable, "-c", DEAF)) as pipe, pytest.raises(EngineError, match="geen antwoord"):
        pipe.ask("x" * 1_000_000, 0.3)


def test_a_command_that_does_not_exist_is_a_failure(tmp_path: Path) -> None:
    with SecondEvaluator(command=(str(tmp_path / "weg"),)) as second:
        assert isinstance(compare(second, small_rules()), Failure)


def test_the_child_is_gone_after_closing_and_closing_twice_is_harmless(own_second: SecondEvaluator) -> None:
    compare(own_second, small_rules())
    process_id = own_second.process_id
    assert process_id is not None
    own_second.close()
    own_second.close()
    assert own_second.process_id is None
    assert not is_running(process_id)


def test_nothing_starts_before_the_first_comparison() -> None:
    with SecondEvaluator(command=("/bestaat/niet",)) as second:
        assert second.process_id is None


def test_after_many_rulesets_the_child_is_replaced(
    own_second: SecondEvaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partner, "RULESETS_PER_CHILD", 3)
    seen = set()
    for _ in range(2):
        for number in range(6):
            when = Test(fact="f", operator=Operator.IS, operand=Literal(value=number))
            rules = PreparedRules(rules_for({"f": declare("f", FactType.NUMBER)}, [when]))
            assert isinstance(compare(own_second, rules, number), Agreement)
            seen.add(own_second.process_id)
    assert len(seen) == 4


def test_the_parent_starts_no_threads_and_never_imports_durable_rules() -> None:
    script = (
        "import sys, threading\n"
        "from tests.crosscheck.test_partner import compare, small_rules\n"
        "from engine.crosscheck.partner import SecondEvaluator\n"
        "with SecondEvaluator() as second:\n"
        "    print(type(compare(second, small_rules())).__name__, threading.active_count(), 'durable' in sys.modules)\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", timeout=60, check=True)
    assert ran.stdout.split() == ["Agreement" if is_available() else "Failure", "1", "False"]


def test_on_a_python_without_durable_rules_it_says_so_in_dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    class Version(tuple[int, ...]):
        major, minor = 3, 13

    monkeypatch.setattr(sys, "version_info", Version((3, 13, 0)))
    assert not is_available()
    assert "werkt niet op Python 3.13" in why_absent()


def test_without_the_package_it_says_so_in_dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    if sys.version_info < (3, 13):
        assert "niet geïnstalleerd" in why_absent()
    assert not is_available()


def test_five_thousand_evaluations_in_one_child_stay_right(second: SecondEvaluator) -> None:
    rules = small_rules()
    process_id = second.process_id
    for number in range(5000):
        assert isinstance(compare(second, rules, number % 4), Agreement)
    assert process_id in (None, second.process_id)
