"""The words of a letter without its look, for a screen without pictures."""

from __future__ import annotations

from html.parser import HTMLParser

_BREAKS = frozenset({"p", "h1", "h2", "h3", "li", "tr", "div", "address", "header", "footer", "br", "section"})
_AFTER = {"dt": ": ", "td": " | ", "th": " | "}
_SILENT = frozenset({"style", "title", "script", "svg"})


class _TextCollector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        if tag in _BREAKS:
            self.parts.append("\n")
        if tag == "figure":
            self.parts.append(f"\n[{dict(attrs).get('aria-label') or ''}]\n")
        if tag == "li":
            self.parts.append("- ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent -= 1
        if tag in _BREAKS:
            self.parts.append("\n")
        self.parts.append(_AFTER.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def words_of(html: str) -> str:
    """The text of a page, one line a paragraph, without empty lines in a row."""
    parser = _TextCollector()
    parser.feed(html)
    lines = [" ".join(line.split()).removesuffix(" |") for line in "".join(parser.parts).splitlines()]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return "\n".join(kept).strip()
