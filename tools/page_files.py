"""Pages that the documentation writes for itself: write them, find stale ones, and the command line for both."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

Pages = Mapping[str, str]


def write_pages(made: Pages, folder: Path) -> None:
    """Write pages (file name to text) into ``folder``, and remove those that are no longer made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        path = folder / name
        # Unchanged files keep their time, so that the documentation is not built anew for nothing.
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    for path in folder.glob("*.md"):
        if path.name not in made:
            path.unlink()


def stale_pages(made: Pages, folder: Path) -> list[str]:
    """Return the names of pages in ``folder`` that are missing, too many or not what would be written."""
    found = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in {*made, *found} if made.get(name) != found.get(name))


def page_command(what: str, usual: Path, make: Callable[[], Pages], arguments: list[str] | None = None) -> int:
    """Write or check the pages, as a command; return its exit code."""
    parser = argparse.ArgumentParser(description=f"Write {what} of the documentation.")
    parser.add_argument("folder", type=Path, nargs="?", default=usual)
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 if a page is stale")
    wanted = parser.parse_args(arguments)
    if not wanted.check:
        write_pages(make(), wanted.folder)
        return 0
    old = stale_pages(make(), wanted.folder)
    for name in old:
        print(f"stale: {wanted.folder / name}", file=sys.stderr)
    return 1 if old else 0
