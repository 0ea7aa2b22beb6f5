"""Takes one thing of the content away at a time, or turns it round, and asks whether anybody notices.

`python -m tools.removals` takes each rule, table row, term, transition, letter order, recipient, notice and the like of
the rule sets and workflows in turn, and turns round each condition, answer, number and only recipient. `--only TEXT`
keeps those whose name or file holds the text, `--sample N --seed S` draws some; `--removed` or `--flipped` keeps one of
the two sorts. What was tried and is still so is not tried again. What nothing notices is a survivor and is listed: a
test that is missing, a thing that does nothing, or one that is explained in `explained.yaml` beside this.

It is a lamp, not a gate: it ends with 0. `--page` writes the count to `docs/removals.md`.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from tools.removals.changes import Change
from tools.removals.content import Whole
from tools.removals.judges import Judges
from tools.removals.kept import Kept, Verdict, rests_on
from tools.removals.page import PAGE, page_of, read_explained
from tools.removals.sights import Witnesses

ROOT = Path(__file__).resolve().parents[2]
ON = date(2026, 11, 23)

Tried = tuple[Change, str, float]


def chosen(changes: Iterable[Change], only: str, sample: int, seed: int) -> tuple[Change, ...]:
    """Those that are asked for; a sample keeps the order of the files."""
    named = tuple(one for one in changes if only in one.text)
    if not sample or sample >= len(named):
        return named
    places = sorted(random.Random(seed).sample(range(len(named)), sample))
    return tuple(named[place] for place in places)


_JUDGES: list[Judges] = []
"""Of this process: what they made of the content as it is serves every try."""


def _try(change: Change, before: str) -> Tried:
    begun = time.monotonic()
    noticed = _JUDGES[0].notices(change, before)
    return change, noticed, time.monotonic() - begun


def survey(judges: Judges, changes: Iterable[Change], kept: Kept, processes: int) -> Iterator[Tried]:
    """Each change with what notices it, and the seconds that took."""
    _JUDGES[:] = [judges]
    wanted = tuple(changes)
    before = tuple(map(kept.before, wanted))
    if processes == 1:
        yield from map(_try, wanted, before)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        size = max(1, min(5, len(wanted) // (4 * processes)))
        yield from pool.map(_try, wanted, before, chunksize=size)


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--content", type=Path, default=ROOT)
    asked.add_argument("--kept", type=Path, default=ROOT / ".trede-cache" / "removals")
    asked.add_argument("--only", default="", help="keep those whose name or file holds this text")
    asked.add_argument("--sample", type=int, default=0, help="so many, drawn; 0: all")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--removed", action="store_true", help="only what is taken away")
    asked.add_argument("--flipped", action="store_true", help="only what is turned round")
    asked.add_argument("--survivors", action="store_true", help="only what nothing noticed the last time")
    asked.add_argument("--page", action="store_true", help="try nothing; write the count of what is known")
    asked.add_argument("--processes", type=int, default=1)
    asked.add_argument("--on", type=date.fromisoformat, default=ON)
    return asked.parse_args()


def main() -> None:
    """Say of each what notices it, and at the end how many survived."""
    given = _asked()
    whole, kept = Whole(given.content), Kept(given.kept / "verdicts.jsonl")
    judges = Judges(whole, Witnesses(whole, given.kept / "sights.json").all, given.on)
    known = {one: kept.holding(one, judges) for one in whole.changes}
    if given.page:
        last = {one: kept.last(one) for one in whole.changes}
        again = sum(1 for one, verdict in last.items() if verdict is not None and known[one] is None)
        PAGE.write_text(page_of(last, read_explained(), again), encoding="utf-8")
        return
    wanted = [one for one in whole.changes if known[one] is None and one.is_flip in _sorts(given)]
    if given.survivors:
        wanted = [one for one in wanted if (was := kept.last(one)) is not None and not was.noticed]
    wanted = list(chosen(wanted, given.only, given.sample, given.seed))
    print(f"{len(wanted)} of {len(known)} things are tried, one at a time", flush=True)
    survivors = []
    for one, noticed, seconds in survey(judges, wanted, kept, given.processes):
        kept.add(one, Verdict(noticed=noticed, digest=rests_on(one, noticed, judges)))
        print(f"{'noticed ' if noticed else 'SURVIVES'} {seconds:5.1f} s  {one.text}  {noticed}", flush=True)
        survivors += [] if noticed else [one]
    print(f"\n{len(survivors)} of {len(wanted)} survived")
    print("\n".join(f"- {one.text}" for one in survivors))
    judges.close()


def _sorts(given: argparse.Namespace) -> set[bool]:
    both = given.removed == given.flipped
    return {False, True} if both else {bool(given.flipped)}


if __name__ == "__main__":
    main()
