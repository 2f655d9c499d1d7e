"""The command line: `main` is the program's one entry, and each group of commands is a module beside this one.

Nothing heavy is imported before a command needs it, so that help, plans and mistakes are told at once.
"""

from app.cli.main import main

__all__ = ["main"]
