"""Write the page on the indices from their catalogue.

Run ``.venv/bin/python tools/make_indices_page.py`` to write it, with ``--check`` to compare only.
"""

import sys
from pathlib import Path

from corneum.evidence import Book, load_evidence
from corneum.evidence.rows import Number, Source
from corneum.imaging.indices import INDICES, Index
from corneum.imaging.indices.limits import CANNOT_SAY, NOT_MEASURED

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "indices.md"


def page() -> str:
    """Return the text of the page."""
    book = load_evidence()
    lines = [(Path(__file__).parent / "indices_front.md").read_text(encoding="utf-8").rstrip(), ""]
    for index in INDICES.values():
        lines += [*section(index, book), ""]
    lines += ["## What no index here measures", ""]
    lines += [f"- **{what}**: {why}." for what, why in NOT_MEASURED.items()]
    return "\n".join(lines) + "\n"


def section(index: Index, book: Book) -> list[str]:
    """Return the lines on one index."""
    needs = f"{index.needs_px_per_mm:g} px/mm" + (", a color card in both photographs" if index.needs_card else "")
    error = "a share of the value" if index.is_ratio else "the same at every value"
    return [
        f"## {index.title} (`{index.key}`)",
        "",
        f"- Formula: {index.formula}",
        f"- Unit: {index.unit}; its error is {error}",
        f"- Needs: {needs}",
        f"- Source: {source(index.source, book)}",
        f"- Cannot say: {CANNOT_SAY[index.key]}",
    ]


def source(key: str, book: Book) -> str:
    """Return where the formula or its constants come from."""
    row = book.row(key)
    if isinstance(row, Source):
        return f"{row.citation}. {row.where}"
    read = f", {row.read}" if isinstance(row, Number) else ""
    return f"evidence row `{key}`{read} ({book.sources[row.source].citation})"


def main() -> int:
    """Write or check the page; return the exit code."""
    text = page()
    if "--check" in sys.argv[1:]:
        stale = not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text
        if stale:
            print(f"stale: {PAGE.relative_to(ROOT)}", file=sys.stderr)
        return int(stale)
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
