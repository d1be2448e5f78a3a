"""What the demo says while it works; silent where only the result is wanted."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console, RenderableType
from rich.markup import escape


class Narrator:
    """Prints numbered steps with their times on standard output."""

    def __init__(self, *, quiet: bool) -> None:
        self._out = Console(quiet=quiet, highlight=False)
        self._step = 0
        self._began = time.perf_counter()
        self.seconds: dict[str, float] = {}

    @property
    def elapsed_s(self) -> float:
        """Seconds since the story began."""
        return time.perf_counter() - self._began

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """One numbered step; its time is printed at the end."""
        self._step += 1
        self._out.print(f"\n[bold cyan]{self._step}[/]  [bold]{escape(title)}[/]")
        began = time.perf_counter()
        yield
        self.seconds[title] = round(time.perf_counter() - began, 2)
        self._out.print(f"   [dim]{self.seconds[title]:.2f} s[/]")

    def say(self, text: str) -> None:
        """One line of a step."""
        self._out.print(f"   {escape(text)}", soft_wrap=True)

    def good(self, text: str) -> None:
        """Something that holds."""
        self._out.print(f"   [green]✓[/] {escape(text)}", soft_wrap=True)

    def bad(self, text: str) -> None:
        """Something that does not hold."""
        self._out.print(f"   [red]✗[/] {escape(text)}", soft_wrap=True)

    def verdict(self, holds: bool, text: str) -> None:
        """Something that should hold, and whether it does."""
        (self.good if holds else self.bad)(text)

    def draw(self, drawing: RenderableType) -> None:
        """A table or a tree."""
        self._out.print(drawing)

    def print_json(self, value: Any) -> None:
        """The result, for programs."""
        Console(soft_wrap=True, highlight=False).print(json.dumps(value), markup=False)
