"""A clinic's repeatability as a file: small, readable, written whole."""

import math
import os
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corneum.evidence import mistakes_in_words
from corneum.imaging.repeatability.study import Study, StudyRow

_VERSION = 1
_Sd = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_Df = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class StudyFileError(ValueError):
    """The file is no repeatability study, or its values make no sense."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    index: Annotated[str, Field(min_length=1)]
    share: bool
    repeat_sd: _Sd
    setup_sd: _Sd
    repeat_df: _Df
    setup_df: _Df
    captures: Annotated[float, Field(ge=1)]
    cv_share: float = math.nan
    icc_one_way: float = math.nan
    icc_absolute: float = math.nan
    mdc95: _Sd


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    title: str = ""
    persons: Annotated[int, Field(ge=1)]
    setups: Annotated[int, Field(ge=2)]
    captures: Annotated[int, Field(ge=2)]
    resolution_px_per_mm: float = math.nan
    carded: bool
    index: tuple[_Row, ...]


def study_text(study: Study) -> str:
    """Return a study as TOML."""
    head: dict[str, Any] = {"version": _VERSION} | {
        name: getattr(study, name)
        for name in ("title", "persons", "setups", "captures", "resolution_px_per_mm", "carded")
    }
    lines = ["# A clinic's own repeatability: errors of single readings, as shares or in the index's unit."]
    lines += [f"{name} = {_value(value)}" for name, value in head.items()]
    for row in study.rows.values():
        lines += ["", "[[index]]", *(f"{name} = {_value(value)}" for name, value in asdict(row).items())]
    return "\n".join(lines) + "\n"


def write_study(study: Study, path: Path) -> Path:
    """Write a study, whole or not at all, and return its path."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(study_text(study), encoding="utf-8")
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path


def parse_study(text: str, name: str = "study") -> Study:
    """Return the study in a TOML text.

    Raises
    ------
    StudyFileError
        With every mistake.
    """
    try:
        file = _File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise StudyFileError(f"{name}: not a TOML file: {error}") from None
    except ValidationError as error:
        told = mistakes_in_words(error, _File, _Row.model_fields)
        raise StudyFileError("\n".join(f"{name}: {mistake}" for mistake in told)) from None
    if file.version != _VERSION:
        raise StudyFileError(f"{name}: version {file.version} is not known: make the study again")
    rows = {row.index: StudyRow(**row.model_dump()) for row in file.index}
    return Study(file.title, file.persons, file.setups, file.captures, file.resolution_px_per_mm, file.carded, rows)


def read_study(path: Path) -> Study:
    """Return the study in a file.

    Raises
    ------
    StudyFileError
        If it is no study.
    OSError
        If it cannot be read.
    """
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError:
        raise StudyFileError(f"{path.name}: not a text file") from None
    return parse_study(text, path.name)


def _value(value: bool | int | float | str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = "".join(letter if letter.isprintable() else " " for letter in value)
        return '"' + escaped.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return repr(value)
