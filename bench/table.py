"""What a measurement returns: a table with a title, and notes below it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Table:
    """A measurement for print and for machines.

    Parameters
    ----------
    title
        What was measured, under which conditions.
    rows
        One dict per line, all with the same keys; a key names its unit.
    notes
        Lines below the table.
    """

    title: str
    rows: list[dict[str, object]]
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        columns = list(self.rows[0]) if self.rows else []
        cells = [columns, *([_text(row[column]) for column in columns] for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        lines = ["  ".join(_aligned(cell, width) for cell, width in zip(line, widths, strict=True)) for line in cells]
        return "\n".join([self.title, "-" * len(self.title), *lines, *(f"  {note}" for note in self.notes)])


def _aligned(cell: str, width: int) -> str:
    return cell.rjust(width) if cell[:1].isdigit() or cell == "-" else cell.ljust(width)


def _text(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"
    return str(value)
