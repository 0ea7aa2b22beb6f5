"""The chronicles that are kept beside the stories, as pages: what they say is compared with what a story does now.

Beside `tests/verhalen.yaml` stands `tests/chronicles/verhalen.txt`; of a story of a shared layer, that each who
inherits it plays, `verhalen.ORGANISATION.txt`. A folder that has no such page
of an organisation keeps none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from engine.core.quick_class import dataclass
from engine.definitions.script import RuleTestFile
from engine.rehearsal.chronicle import INDENT, Chronicle
from engine.words.of_chronicles import STORY, TITLE

FOLDER = "chronicles"
_STORY = STORY.format(name="")


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedStep:
    """Where a story does otherwise than is kept: on which page, at which `step` (moment and case), and the lines that
    are gone and that are new. A story without anything kept has no step, and what is kept of none has no lines that
    are new.
    """

    story: str
    page: str
    step: str = ""
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A page that was written anew or taken away: how many lines are gone and how many are new."""

    page: str
    gone: int
    new: int


class KeptChronicles:
    """The pages below a content root, as one organisation plays its stories."""

    def __init__(self, root: Path, organisation: str) -> None:
        self._root, self._organisation = root, organisation
        self._read: dict[str, Mapping[str, Chronicle]] = {}

    def keeps(self, file: RuleTestFile) -> bool:
        """Whether the folder of this file keeps chronicles of this organisation at all."""
        page = self.page(file)
        there = (self._root / page).parent.glob("*.txt")
        return any(_player(path.as_posix()) == _player(page) for path in there)

    def page(self, file: RuleTestFile) -> str:
        """The path of the page of this file, below the content root."""
        path = Path(file.path)
        player = "" if file.organisation == self._organisation else f".{self._organisation}"
        return (path.parent / FOLDER / f"{path.stem}{player}.txt").as_posix()

    def kept(self, file: RuleTestFile) -> Mapping[str, Chronicle]:
        """What is kept of each story of this file, by name."""
        page = self.page(file)
        if page not in self._read:
            path = self._root / page
            self._read[page] = read_page(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return self._read[page]

    def differences(self, file: RuleTestFile, story: str, now: Chronicle) -> tuple[MovedStep, ...]:
        """Where a story does otherwise than is kept; nothing where the folder keeps nothing."""
        if not self.keeps(file):
            return ()
        was, page = self.kept(file).get(story), self.page(file)
        if was is None:
            return (MovedStep(story=story, page=page, new=now),)
        return tuple(
            MovedStep(story=story, page=page, step=step, gone=gone, new=new) for step, gone, new in changed(was, now)
        )

    def left_behind(self, files: Iterable[RuleTestFile]) -> Iterator[MovedStep]:
        """What is kept of stories, and in pages, that are not there any more; `files` are all of their folders."""
        pages = {self.page(file): file for file in files}
        for file in pages.values():
            for story in self.kept(file).keys() - {one.name for one in file.stories}:
                yield MovedStep(story=story, page=self.page(file), gone=self.kept(file)[story])
        for folder, player in sorted({(Path(page).parent, _player(page)) for page in pages}):
            for path in sorted((self._root / folder).glob("*.txt")):
                page = (folder / path.name).as_posix()
                if page not in pages and _player(page) == player:
                    yield MovedStep(story="", page=page)

    def keep(self, file: RuleTestFile, told: Mapping[str, Chronicle]) -> Rewritten | None:
        """Write what was told of stories of this file; of its others what is kept stays. None when nothing changes."""
        before = self.kept(file)
        after = {one.name: told.get(one.name, before.get(one.name)) for one in file.stories}
        page = {name: chronicle for name, chronicle in after.items() if chronicle is not None}
        return self._write(self.page(file), _written(file.path, before), _written(file.path, page))

    def drop(self, page: str) -> Rewritten | None:
        """Take away a page that belongs to no file."""
        return self._write(page, (self._root / page).read_text(encoding="utf-8"), "")

    def _write(self, page: str, before: str, after: str) -> Rewritten | None:
        path = self._root / page
        if after:
            path.parent.mkdir(exist_ok=True)
            path.write_text(after, encoding="utf-8")
        else:
            path.unlink(missing_ok=True)
        self._read.pop(page, None)
        moves = _moves(before.splitlines(), after.splitlines())
        gone, new = sum(j - i for i, j, _, _ in moves), sum(n - m for _, _, m, n in moves)
        return Rewritten(page=page, gone=gone, new=new) if moves else None


def read_page(text: str) -> dict[str, Chronicle]:
    """The chronicles of a page by story."""
    found: dict[str, Chronicle] = {}
    for part in text.split(f"\n{_STORY}")[1:]:
        name, *lines = part.splitlines()
        found[name] = tuple(line for line in lines if line)
    return found


def changed(was: Chronicle, now: Chronicle) -> Iterator[tuple[str, Chronicle, Chronicle]]:
    """Step by step what is gone and what is new; a step goes by its first line, the moment and the case."""
    before, after = _by_step(was), _by_step(now)
    for step in sorted({**before, **after}):
        old, new = before.get(step, ()), after.get(step, ())
        moves = _moves(old, new)
        if moves:
            gone = tuple(line for i, j, _, _ in moves for line in old[i:j])
            yield step, gone, tuple(line for _, _, m, n in moves for line in new[m:n])


def _by_step(lines: Chronicle) -> Mapping[str, Chronicle]:
    found: dict[str, list[str]] = {}
    step = ""
    for line in lines:
        if line.startswith(INDENT):
            found.setdefault(step, []).append(line)
        else:
            step = line
    return {step: tuple(told) for step, told in found.items()}


def _moves(was: Sequence[str], now: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """From where until where lines were replaced, and by which."""
    match = SequenceMatcher(None, was, now, autojunk=False)
    return [(i, j, m, n) for tag, i, j, m, n in match.get_opcodes() if tag != "equal"]


def _written(path: str, chronicles: Mapping[str, Chronicle]) -> str:
    if not chronicles:
        return ""
    stories = ("\n".join(("", STORY.format(name=name), "", *lines)) for name, lines in chronicles.items())
    return "\n".join((TITLE.format(path=path), *stories)) + "\n"


def _player(page: str) -> str:
    """The organisation that a page names; empty where it is that of the file."""
    return Path(page).stem.partition(".")[2]
