"""Print a script that completes commands and options in your shell.

Make it anew after an update. Needs the extra `completion`: pip install 'ceasefire-talks[completion]'
Example: ceasefire-talks completion bash > ~/.local/share/bash-completion/completions/ceasefire-talks
"""

from __future__ import annotations

import argparse

from ceasefire_talks.package.errors import needs_extra


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="the shell that you use")


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    with needs_extra("completion"):
        import shtab
    from ceasefire_talks import commands

    print(shtab.complete(commands.parser(), args.shell))
    return 0
