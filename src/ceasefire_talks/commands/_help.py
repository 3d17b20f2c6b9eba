"""How the help of a command looks: as wide as the terminal, short enough for one screen."""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Iterable
from typing import Any

# These begin a line of their own in the docstring of a command, and in its help.
_BEGINS = re.compile(r"^(?=Examples?:|Exit code)|\n(?=\n|Examples?:|Exit code)", re.MULTILINE)


class NamedOnly(argparse._StoreAction):  # noqa: SLF001
    """An option that the help names and does not explain, where there are too many for a screen."""


class HelpFormatter(argparse.HelpFormatter):
    """Fills the paragraphs of a description, and gives the usage and each subcommand one line where it can."""

    def _format_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None
    ) -> str:
        full = super()._format_usage(usage, actions, groups, prefix)
        if usage is not None or "\n" not in full.strip():
            return full
        # The options are listed below; what must be given stays.
        needed = [action for action in actions if action.required or not action.option_strings]
        self._prog += " [OPTION ...]"
        return super()._format_usage(usage, needed, [], prefix)

    def add_arguments(self, actions: Iterable[argparse.Action]) -> None:
        """Add each with its help; those that are only named, behind the others."""
        named = {action: isinstance(action, NamedOnly) for action in actions}
        super().add_arguments(action for action in named if not named[action])
        if any(named.values()):
            self.add_text("also " + ", ".join(_with_default(action) for action in named if named[action]))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        paragraphs = (" ".join(paragraph.split()) for paragraph in _BEGINS.split(text))
        return "\n".join(
            textwrap.fill(paragraph, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
            for paragraph in paragraphs
            if paragraph
        )

    def _format_action(self, action: argparse.Action) -> str:
        if not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            return super()._format_action(action)
        summaries = {choice.dest: choice.help or "" for choice in action._choices_actions}  # noqa: SLF001
        column = max(map(len, summaries), default=0) + 2
        return "".join(f"  {name:<{column}}{self._one_line(text, column)}\n" for name, text in summaries.items())

    def _one_line(self, text: str, column: int) -> str:
        return textwrap.shorten(re.split("[:;]", text)[0], self._width - column - 2, placeholder=" …")


def _with_default(action: argparse.Action) -> str:
    return f"{action.option_strings[-1]} ({action.default})" if action.default else action.option_strings[-1]


class Parser(argparse.ArgumentParser):
    """A parser whose help looks like that, and that of its subcommands."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"formatter_class": HelpFormatter, **options})
