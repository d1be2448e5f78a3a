"""Markdown to plain text: marks go, words and the numbers of lists stay."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token


def markdown_text(source: str) -> str:
    """Give one line for each heading, paragraph, list item and table row."""
    lines: list[str] = []
    marker = ""
    cells: list[str] | None = None
    for token in MarkdownIt("commonmark").enable("table").parse(source):
        if token.type == "list_item_open":
            marker = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            lines.append(" | ".join(cells or ()))
            cells = None
        elif token.type == "inline":
            words = _words(token)
            if cells is None:
                lines.append(marker + words)
                marker = ""
            else:
                cells.append(words)
        elif token.type in {"fence", "code_block", "html_block"}:
            lines.append(token.content.rstrip("\n"))
    return "".join(line + "\n" for line in lines)


def _words(inline: Token) -> str:
    words = []
    for child in inline.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            words.append("\n")
        elif child.type in {"text", "code_inline", "html_inline", "image"}:
            words.append(child.content)
    return "".join(words)
