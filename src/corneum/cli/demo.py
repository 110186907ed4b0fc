"""``corneum photo demo``: a course of simulated photographs with everything known about them."""

import json
import os
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console


def demo(
    folder: Annotated[Path, typer.Argument(help="Where the files go; made if it is missing.", show_default=False)],
    composite: Annotated[
        Path | None,
        typer.Option(
            "--composite",
            help="A face to start from: a composite, never a person's photograph; default: one shipped.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same pictures.")] = 0,
    megapixels: Annotated[float, typer.Option(min=1, max=50, help="Of each photograph.")] = 12.0,
    first: Annotated[
        datetime, typer.Option("--first", formats=["%Y-%m-%d"], help="Pretended day of the baseline.")
    ] = datetime(2026, 1, 12),
) -> None:
    """Write a simulated course of photographs: baseline, two follow-ups, series.toml and truth.json.

    Every picture is simulated from a composite of several faces: nobody's own face, and nobody was treated.

    Examples:

    * corneum photo demo demo

    * corneum photo demo demo --composite examples/faces/m_white.jpg --seed 3
    """
    from corneum.imaging.door import read_photo
    from corneum.imaging.retakes.demo import demo_course, jpeg_of

    face = composite or Path(str(files("corneum.imaging.retakes").joinpath("composite", "f_wasian.jpg")))
    with Console(stderr=True).status("Simulating photographs"):
        made = demo_course(read_photo(face).pixels, first.date(), seed=seed, megapixels=megapixels)
        contents = {shot.file: jpeg_of(shot) for shot in made.shots}
    contents["series.toml"] = made.manifest().encode()
    contents["truth.json"] = (json.dumps(made.truth(), indent=1) + "\n").encode()
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        whole = folder / f".{name}.part"
        whole.write_bytes(content)
        os.replace(whole, folder / name)
        typer.echo(f"Wrote {folder / name}")
