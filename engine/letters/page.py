"""A sheet to one complete, accessible HTML page: nothing remote in it, and every value escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from engine.letters.blocks import Block, Inline, text_of
from engine.letters.sheet import Sheet

CHILD_LEVEL = "A2"
TAGS = {"bullets": "ul", "item": "li", "quote": "blockquote", "strong": "strong", "emphasis": "em"}


def write_page(sheet: Sheet, style: str) -> str:
    """The page. `style` is the style sheet of the look; it is content, not data."""
    title = escape(f"{sheet.title} · {sheet.reference}")
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="nl">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="robots" content="noindex">',
            f"<title>{title}</title>",
            f"<style>\n{style.strip()}\n</style>",
            "</head>",
            f'<body class="level-{escape(sheet.level.lower())}">',
            *_head(sheet),
            "<main>",
            f"<h1>{escape(sheet.title)}</h1>",
            *map(write_block, sheet.blocks),
            *_closing(sheet),
            "</main>",
            *_foot(sheet),
            "</body>",
            "</html>",
            "",
        )
    )


def _head(sheet: Sheet) -> Iterable[str]:
    if sheet.is_draft:
        yield f'<p class="draft">{escape(sheet.labels["draft"])}</p>'
    yield "<header>"
    yield f'<p class="sender">{escape(sheet.sender.get("name", ""))}</p>'
    yield f"<address>{_lines((sheet.name, *sheet.address))}</address>"
    yield "<dl>"
    yield f"<div><dt>{escape(sheet.labels['date'])}</dt><dd>{_time(sheet)}</dd></div>"
    if sheet.level != CHILD_LEVEL:
        yield f"<div><dt>{escape(sheet.labels['reference'])}</dt><dd>{escape(sheet.reference)}</dd></div>"
    yield "</dl>"
    yield "</header>"


def _time(sheet: Sheet) -> str:
    return f'<time datetime="{sheet.dated_on.isoformat()}">{escape(sheet.dated)}</time>'


def _closing(sheet: Sheet) -> Iterable[str]:
    if not sheet.is_closed_here:
        return
    greeting = "greeting_child" if sheet.level == CHILD_LEVEL else "greeting"
    yield '<div class="closing">'
    yield f"<p>{escape(sheet.labels[greeting])}</p>"
    if sheet.on_behalf_of:
        yield f"<p>{escape(sheet.labels['on_behalf_of'])} {escape(sheet.on_behalf_of)},</p>"
    yield f"<p>{_lines((sheet.signer, sheet.signatory, sheet.sender.get('name', '')))}</p>"
    yield "</div>"


def _foot(sheet: Sheet) -> Iterable[str]:
    shown = [sheet.sender.get(key, "") for key in ("name", "address", "place", "telephone", "email", "website")]
    if sheet.level == CHILD_LEVEL:
        shown.append(sheet.reference)
    yield f"<footer><p>{' · '.join(escape(part) for part in shown if part)}</p></footer>"


def _lines(lines: Iterable[str]) -> str:
    return "<br>".join(escape(line) for line in lines if line)


def write_block(block: Block) -> str:
    """A block of a text as HTML, every value in it escaped."""
    match block.kind:
        case "paragraph":
            return f"<p>{_inlines(block.inlines)}</p>"
        case "heading":
            return f"<h{block.level}>{_inlines(block.inlines)}</h{block.level}>"
        case "numbers":
            start = f' start="{block.start}"' if block.start != 1 else ""
            return f"<ol{start}>{_blocks(block.blocks)}</ol>"
        case "item" if [part.kind for part in block.blocks] == ["paragraph"]:
            return f"<li>{_inlines(block.blocks[0].inlines)}</li>"
        case "rule":
            return "<hr>"
        case "picture":
            return f'<figure role="img" aria-label="{escape(text_of(block.inlines))}">{block.drawing}</figure>'
        case "table":
            return _table(block)
    tag = TAGS[block.kind]
    return f"<{tag}>{_blocks(block.blocks)}</{tag}>"


def _blocks(blocks: Iterable[Block]) -> str:
    return "".join(map(write_block, blocks))


def _table(table: Block) -> str:
    head, *rows = table.blocks
    cells = "".join(f'<th scope="col">{_inlines(cell.inlines)}</th>' for cell in head.blocks)
    lines = "".join(f"<tr>{''.join(f'<td>{_inlines(cell.inlines)}</td>' for cell in row.blocks)}</tr>" for row in rows)
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{lines}</tbody></table>"


def _inlines(parts: Iterable[Inline]) -> str:
    return "".join(map(_inline, parts))


def _inline(part: Inline) -> str:
    match part.kind:
        case "text":
            return escape(part.text)
        case "break":
            return "<br>"
        case "link":
            return f'<a href="{escape(part.address)}">{_inlines(part.parts)}</a>'
    tag = TAGS[part.kind]
    return f"<{tag}>{_inlines(part.parts)}</{tag}>"
