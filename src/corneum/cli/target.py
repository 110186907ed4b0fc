"""``corneum photo target``: the printable gray-and-scale target."""

from pathlib import Path
from typing import Annotated

import typer


def target(
    output: Annotated[Path, typer.Option("--output", "-o", help="PDF to write.")] = Path("corneum-target.pdf"),
) -> None:
    """Write Corneum's printable target: gray patches and a scale to hold beside the skin, six on an A4 page.

    Print it at 100 % and check its 50 mm line with a ruler. It makes photographs comparable; absolute color and ITA
    need a ColorChecker.

    Examples:

    * corneum photo target

    * corneum photo target -o target.pdf
    """
    from corneum.reports.target import target_pdf

    output.write_bytes(target_pdf())
    typer.echo(f"{output}: print at 100 % and check the 50 mm line with a ruler")
