"""Inputs for the program, made from a number: the same number gives the same input on every machine."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

CASE = "TUIN-2026-0001"
TEMPLATE = "templates/letters/volkstuin/T-01/2026-01-01.md"
_SIGNS = (
    *"\x01\x07\x0b\x1b\x7f\x85\x9b\u00a0\u00ad\u200b\u202e\u2028\ufeff'\"\\,;\t\n\r{}[]%$`é\U0001f600",
    "\x1b[2J",
)
_HALF = "\udcff"  # how a byte comes in that is no UTF-8
_DAYS = ("0001-01-01", "9999-12-31", "2026-02-30", "10000-01-01", "2027-03-28 02:30", "1-1-1", "2026-11-26T25:61")
_NUMBERS = ("9" * 4400, "-0", "1e999", "nan", "0x10", "٣", "1,5,5", "-" * 50, "1_000")
_WORDS = ("", " ", "ja", "nee", "geen", "moes", "None", "--", "-", "../../etc/passwd", "{{ x }}", "a" * 300, "n" * 9000)
COMMANDS = (
    "case show", "case why", "case history", "case letters", "case advance", "case record", "case open", "inbox",
    "term explain", "term ledger", "term correct", "letters list", "letters show", "rules picture", "due", "import",
    "audit replay", "doctor", "upgrade", "init", "nergens", "case undo", "case reopen", "case correct", "case note",
    "case task", "dossier show", "dossier find", "dossier correct", "audit receipt", "rules explain", "rules publish",
    "inbox news", "inbox read",
)  # fmt: skip
_OPTIONS = ("--json", "--as", "--name", "--dry-run", "--from", "--set", "--now", "--reason", "--all", "--organisation")


@dataclass(frozen=True, slots=True)
class Input:
    """Words to type, and files (by place in the workplace) that lie there meanwhile."""

    words: tuple[str, ...]
    files: dict[str, bytes]


def make_input(number: int, workplace: Path) -> Input:
    """The input of this number, for a workplace that holds the small world."""
    dice = random.Random(number)
    return dice.choice(_KINDS)(dice, workplace)


def _word(dice: random.Random) -> str:
    made = dice.choice((*_WORDS, *_DAYS, *_NUMBERS, CASE, "tuin", "tuincommissie", "lid", "beslissen", "toewijzen"))
    for sign in dice.choices(_SIGNS, k=dice.choice((0, 0, 1, 3))):
        at = dice.randrange(len(made) + 1)
        made = made[:at] + sign + made[at:]
    return made + _HALF if dice.random() < 0.02 else made


def _arguments(dice: random.Random, _: Path) -> Input:
    named = (CASE,) if dice.random() < 0.5 else ()
    words = [*dice.choice(COMMANDS).split(), *named, *(_word(dice) for _ in range(dice.randrange(4)))]
    for _ in range(dice.randrange(3)):
        words += [dice.choice(_OPTIONS), _word(dice)]
    return Input(tuple(words), {})


def _values(dice: random.Random, _: Path) -> Input:
    given = {"lid.nummer": "17", "lid.naam": "Jo", "tuin.soort": "moes", "tuin.maat": "12", "sinds": "2020-01-01"}
    for fact in dice.sample(sorted(given), k=dice.choice((1, 1, 2, 5))):
        given[fact] = _word(dice)
    pairs = [word for fact, value in given.items() for word in ("--set", f"{fact}={value}")]
    acting = ("--as", dice.choice(("lid", "lid", _word(dice))), "--name", dice.choice(("Jo", _word(dice))))
    return Input(("case", "open", "tuin", *acting, *dice.choice((("--dry-run",), ())), *pairs), {})


def _acts(dice: random.Random, _: Path) -> Input:
    """What is done with a case that is there, by somebody who may do it."""
    said, fact = _word(dice), dice.choice(("lid.naam", "tuin.soort", "tuin.maat", "sinds", "borg_betaald", _word(dice)))
    given = f"{fact}={said}"
    words = dice.choice(
        (
            ("record", CASE, given),
            ("correct", CASE, given, "--reason", _word(dice)),
            ("advance", CASE, "toewijzen", "--set", given, "--at", _word(dice)),
            ("note", CASE, said),
            ("task", CASE, said, "--for", "tuincommissie", "--on", _word(dice)),
            ("undo", CASE, "--reason", said),
            ("reopen", CASE, "--reason", said),
        )
    )
    acting = ("--as", dice.choice(("lid", "tuincommissie")), "--name", dice.choice(("Jo", _word(dice))))
    return Input(("case", *words, *acting, *dice.choice((("--dry-run",), ("--json",), ()))), {})


def _facts(dice: random.Random, _: Path) -> Input:
    texts = (
        "".join(f"{_word(dice)}: {_word(dice)}\n" for _ in range(5)),
        "a: " + dice.choice("[{") * dice.choice((10, 300, 20_000)),
        "".join(f"{' ' * n}b:\n" for n in range(dice.choice((30, 300)))),
        "a: &a [x]\nb: [*a, *a]\n",
        "lid.nummer: " + _word(dice),
        f'lid.nummer: "7"\nlid.naam: {_word(dice)}\ntuin.soort: moes\ntuin.maat: 12\n',
        f'lid.nummer: "7"\nlid.naam: Jo\ntuin.soort: moes\ntuin.maat: {_word(dice)}\nsinds: {_word(dice)}\n',
    )
    content = _spoilt(dice, dice.choice(texts).encode("utf-8", "surrogateescape"))
    command = ("case", "open", "tuin", "--as", "lid", "--dry-run", "--from", "vreemd.yaml")
    return Input(command, {"vreemd.yaml": content})


def _register(dice: random.Random, _: Path) -> Input:
    plain = "lidnummer,naam,soort,maat"
    head = dice.choice((plain, plain, "Lid Nummer;NAAM;soort;maat;x", f"titel\n\n{plain}"))
    rows = [_row(dice) for _ in range(dice.randrange(6))]
    text = head + dice.choice(("\n", "\r\n", "\r")) + "\n".join(rows)
    coding = dice.choice(("utf-8", "utf-8", "utf-16", "cp1252"))
    content = _spoilt(dice, text.encode(coding, "replace"))
    return Input(("import", "tuin", "vreemd.csv", "--as", "tuincommissie", "--skip-bad"), {"vreemd.csv": content})


def _row(dice: random.Random) -> str:
    cells = ["7", "Bo", "moes", "12"] if dice.random() < 0.8 else [_word(dice) for _ in range(dice.choice((3, 600)))]
    cells[dice.randrange(len(cells))] = _word(dice)
    return ",".join(cells)


def _workbook(dice: random.Random, _: Path) -> Input:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["lidnummer", "naam", "soort", "maat"])
    sheet.append(["7", "Bo", "moes", dice.choice((10, 1e308, -1, "x"))])
    made = io.BytesIO()
    book.save(made)
    content = made.getvalue()
    if dice.random() < 0.6:
        content = _with_member(dice, content)
    command = ("import", "tuin", "vreemd.xlsx", "--as", "tuincommissie", "--skip-bad")
    return Input(command, {"vreemd.xlsx": _spoilt(dice, content)})


def _with_member(dice: random.Random, content: bytes) -> bytes:
    """The workbook with one part of it spoilt, packed again."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = dice.choice(sorted(parts))
    swaps = ((b'r="2"', b'r="99999999"'), (b'r="D2"', b'r="XFD2"'), (b"<c ", b'<c t="d" '), (b"<row", b"<row><row"))
    old, new = dice.choice(swaps)
    parts[name] = dice.choice((parts[name].replace(old, new), _spoilt(dice, parts[name], always=True), b"<a>" * 5000))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for one, part in parts.items():
            book.writestr(one, part)
    return made.getvalue()


def _template(dice: random.Random, workplace: Path) -> Input:
    text = (workplace / TEMPLATE).read_text(encoding="utf-8")
    additions = (
        "{% if x %}" * 300,
        "{{ " + "(" * 400 + "1" + ")" * 400 + " }}",
        "{% for a in range(99999) %}" * 4 + "x" + "{% endfor %}" * 4,
        "{{ ''.__class__ }}",
        "{{ 'x' * 999999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{% include 'nergens' %}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "*" * 20_000,
        "[" * 5_000,
        "> " * 2_000,
        _word(dice),
    )
    content = _spoilt(dice, (text + "\n" + dice.choice(additions)).encode("utf-8", "replace"))
    given = ("--set", "lid.nummer=17", "--set", "lid.naam=Jo", "--set", "tuin.soort=moes")
    opening = ("case", "open", "tuin", "--as", "lid", *given, "--dry-run")
    return Input(dice.choice((opening, ("rules", "check", "--on", "2026-09-07"))), {TEMPLATE: content})


def _settings(dice: random.Random, workplace: Path) -> Input:
    text = (workplace / "trede.toml").read_text(encoding="utf-8")
    keys = ("organisation", "content", "database", "outbox", "role", "second_evaluator", _word(dice))
    urls = ("postgresql://a:b@c:poort/d", "sqlite:///", "mysql://x", "sqlite:///map/" + "n" * 300, "://", "a\\u0000b")
    value = dice.choice((*urls, _word(dice).replace('"', "")))
    lines = [line for line in text.splitlines() if dice.random() < 0.8]
    lines.append(f'{dice.choice(keys)} = "{value}"')
    lines.append(dice.choice(("", "a = " + "[" * 2000, "x = 1" * 3, "d = 2026-99-99", "n = " + "9" * 5000)))
    content = _spoilt(dice, "\n".join(lines).encode("utf-8", "replace"))
    return Input((dice.choice(("inbox", "doctor")),), {"trede.toml": content})


def _spoilt(dice: random.Random, content: bytes, *, always: bool = False) -> bytes:
    """Now and then a few bytes otherwise, cut off, or doubled."""
    if not always and dice.random() < 0.75:
        return content
    spoilt = bytearray(content)
    for _ in range(dice.randrange(1, 6)):
        if spoilt:
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
    cut = dice.randrange(len(spoilt) + 1)
    return bytes(dice.choice((spoilt, spoilt, spoilt[:cut], spoilt + spoilt)))


_Kind = Callable[[random.Random, Path], Input]
_KINDS: tuple[_Kind, ...] = (_arguments, _values, _acts, _facts, _register, _workbook, _template, _settings)
