"""Markdown to a neutral tree of blocks and inlines, from which both the page and the PDF are made.

CommonMark without raw HTML, images, code blocks and underlined headings; with tables. Headings are put in order:
the subject line of the letter is level 1, so the text begins at level 2 and never skips a level.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from engine.core.errors import LetterError
from engine.core.quick_class import dataclass
from engine.letters.protection import picture_in, restore

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

TOP_LEVEL, DEEPEST_LEVEL = 2, 4
MOST_EMPHASIS = 20
SAFE_LINKS = ("https://", "http://", "mailto:", "tel:")
SWITCHED_OFF = ("image", "code", "fence", "html_block", "html_inline", "lheading", "reference")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """A piece of a line: `text`, `strong`, `emphasis`, `link` or `break`."""

    kind: str
    text: str = ""
    address: str = ""
    parts: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block: `paragraph`, `heading` (with `level`), `bullets`, `numbers`, `item`, `quote`, `rule`, `table`,
    `row`, `cell` or `picture`. `start` is the first number of a numbered list. The first row of a table is its
    head. A picture has a `drawing` (SVG of our own making) and its words as inlines."""

    kind: str
    level: int = 0
    start: int = 1
    inlines: tuple[Inline, ...] = ()
    blocks: tuple[Block, ...] = ()
    drawing: str = ""


def parse_blocks(markdown: str) -> tuple[Block, ...]:
    """The tree of a filled-in text. Raises LetterError for a link that leads to code or a file, or too deep a text."""
    from markdown_it.tree import SyntaxTreeNode

    tokens = _parser().parse(markdown)
    if any(_depth(token.children) > MOST_EMPHASIS for token in tokens if token.children):
        raise LetterError(
            "De brieftekst is te diep genest.",
            why=f"Er staat meer dan {MOST_EMPHASIS} keer vet of cursief in elkaar.",
            next_step="Haal sterretjes en onderstrepingen weg.",
        )
    root = SyntaxTreeNode(tokens)
    return tuple(_ordered(_block(node) for node in root.children))


def _depth(tokens: Iterable[Token]) -> int:
    """How deep pieces of a line stand in each other; blocks are bounded by the parser itself."""
    return max(accumulate(token.nesting for token in tokens), default=0)


def text_of(parts: Iterable[Inline]) -> str:
    """The words of some inlines, without markup; a break is a line feed."""
    return "".join("\n" if part.kind == "break" else part.text + text_of(part.parts) for part in parts)


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """All blocks in reading order, each before the blocks in it."""
    for block in blocks:
        yield block
        yield from walk(block.blocks)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(list(SWITCHED_OFF))
    # Addresses are judged by _link_address, after the tokens in them have become text again.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


def _ordered(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with heading levels that never skip one."""
    before = TOP_LEVEL - 1
    for block in blocks:
        if block.kind != "heading":
            yield block
            continue
        before = min(max(block.level, TOP_LEVEL), before + 1, DEEPEST_LEVEL)
        yield Block(kind="heading", level=before, inlines=block.inlines)


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "paragraph":
            return _picture(node) or Block(kind="paragraph", inlines=_inlines(node.children))
        case "heading":
            return Block(kind="heading", level=int(node.tag[1]), inlines=_inlines(node.children))
        case "bullet_list":
            return Block(kind="bullets", blocks=_blocks(node.children))
        case "ordered_list":
            return Block(kind="numbers", start=int(node.attrs.get("start", 1)), blocks=_blocks(node.children))
        case "list_item":
            return Block(kind="item", blocks=_blocks(node.children))
        case "blockquote":
            return Block(kind="quote", blocks=_blocks(node.children))
        case "table":
            return Block(kind="table", blocks=tuple(_row(row) for part in node.children for row in part.children))
        case "hr":
            return Block(kind="rule")
    raise LetterError(f"De tekst van de brief bevat opmaak die niet kan: {node.type}.")


def _picture(node: SyntaxTreeNode) -> Block | None:
    line = node.children[0] if len(node.children) == 1 else None
    found = picture_in(line.content) if line is not None and line.type == "inline" else None
    if found is None:
        return None
    drawing, words = found
    return Block(kind="picture", drawing=drawing, inlines=(Inline(kind="text", text=words),))


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
    return tuple(_block(node) for node in nodes)


def _row(node: SyntaxTreeNode) -> Block:
    cells = (Block(kind="cell", inlines=_inlines(cell.children)) for cell in node.children)
    return Block(kind="row", blocks=tuple(cells))


def _inlines(nodes: Sequence[SyntaxTreeNode]) -> tuple[Inline, ...]:
    return tuple(_joined(part for node in nodes for part in _inline(node)))


def _inline(node: SyntaxTreeNode) -> Iterator[Inline]:
    match node.type:
        case "inline":
            yield from _inlines(node.children)
        case "text" | "code_inline":
            yield from _lines(restore(node.content))
        case "softbreak":
            yield Inline(kind="text", text=" ")
        case "hardbreak":
            yield Inline(kind="break")
        case "strong":
            yield Inline(kind="strong", parts=_inlines(node.children))
        case "em":
            yield Inline(kind="emphasis", parts=_inlines(node.children))
        case "link":
            address = _link_address(str(node.attrs.get("href", "")))
            yield Inline(kind="link", address=address, parts=_inlines(node.children))
        case _:
            raise LetterError(f"De tekst van de brief bevat opmaak die niet kan: {node.type}.")


def _lines(text: str) -> Iterator[Inline]:
    """Text in which a line feed (only a value can hold one) is a break."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Inline(kind="break")
        if line:
            yield Inline(kind="text", text=line)


def _joined(parts: Iterable[Inline]) -> Iterator[Inline]:
    """Neighbouring texts as one, so that equal letters give equal trees."""
    waiting = ""
    for part in parts:
        if part.kind == "text":
            waiting += part.text
            continue
        if waiting:
            yield Inline(kind="text", text=waiting)
        waiting = ""
        yield part
    if waiting:
        yield Inline(kind="text", text=waiting)


def _link_address(written: str) -> str:
    address = restore(written).strip()
    if address.lower().startswith(SAFE_LINKS) and not any(sign.isspace() for sign in address):
        return address
    raise LetterError(
        f"De link '{address}' kan niet in een brief.",
        why="Een link begint met https://, http://, mailto: of tel: en bevat geen spatie.",
        next_step="Verbeter de link in de brieftekst of het gegeven dat erin staat.",
    )
