"""The command line: one file per command, all of them callers of the library."""

from corneum.cli.app import main

__all__ = ["main"]
