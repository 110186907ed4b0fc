"""The root command, its exit codes, and how errors are told."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console

from corneum import __version__
from corneum.cli.course import course
from corneum.cli.evidence import evidence
from corneum.cli.exits import BAD_INPUT, REFUSED
from corneum.cli.lesion import lesion
from corneum.cli.measure import measure
from corneum.cli.password import password
from corneum.cli.photo import photo
from corneum.cli.questions import questions
from corneum.cli.repeatability import repeatability
from corneum.cli.screen import screen
from corneum.cli.serve import serve
from corneum.cli.simulate import simulate
from corneum.cli.validate import validate

app = typer.Typer(
    name="corneum",
    help="Simulate medical microdermabrasion before anyone is touched, with the source of every number.",
    epilog="Exit codes: 0 done, 2 bad input, 3 refused. Example: corneum simulate examples/six-weekly-sessions.toml",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"corneum {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Simulate medical microdermabrasion before anyone is touched, with the source of every number."""


app.command()(course)
app.command()(questions)
app.command()(screen)
app.command()(serve)
app.command()(password)
app.command()(simulate)
app.command()(validate)
app.command()(evidence)
app.command()(measure)
app.command()(repeatability)
app.add_typer(lesion)
app.add_typer(photo)


@contextmanager
def told_errors() -> Iterator[None]:
    """Turn the refusals of the core into one message and an exit code, without a traceback."""
    try:
        yield
    except OSError as error:
        _tell("Bad input", f"{error.filename or ''}: {error.strerror or error}", BAD_INPUT)
    except (ValueError, KeyError) as error:
        kind = _kind_of(error)
        if kind is None:
            raise
        word, code = kind
        _tell(word, str(error), code)


def _kind_of(error: Exception) -> tuple[str, int] | None:
    """Return how an error is told, or None for one that is a fault of the program.

    The rooms are imported only here: a command that ends well needs none of their exceptions.
    """
    from corneum.course import CourseRefused, PlanFileError, RequestError
    from corneum.evidence import EvidenceError, UnknownKeyError
    from corneum.imaging.align import AlignmentRefused
    from corneum.imaging.card import CardUnusable
    from corneum.imaging.faces import NoFaceFound, SkinNotFound, UnknownZone
    from corneum.imaging.gates import UnknownView
    from corneum.imaging.indices import UnknownIndex
    from corneum.imaging.pairs.manifest import ManifestError
    from corneum.imaging.pairs.sessions import SessionsError
    from corneum.imaging.photo import PhotoRefused
    from corneum.imaging.repeatability import StudyFileError, TooFewReadings
    from corneum.lesions import CriteriaError, MarksError, OutlineRefused, ScaleNeeded
    from corneum.screening import AnswersError, RulesError, UnknownRuleError
    from corneum.treatment import ProtocolError, RefusedError
    from corneum.validation import UnknownCaseError

    if isinstance(error, (RefusedError, CourseRefused, PhotoRefused, OutlineRefused, AlignmentRefused)):
        return "Refused", REFUSED
    if isinstance(error, (NoFaceFound, SkinNotFound, CardUnusable)):
        return "Refused", REFUSED
    if isinstance(error, (ManifestError, SessionsError, StudyFileError, TooFewReadings, UnknownIndex, UnknownZone)):
        return "Bad input", BAD_INPUT
    if isinstance(error, (ProtocolError, EvidenceError, UnknownKeyError, UnknownCaseError)):
        return "Bad input", BAD_INPUT
    if isinstance(error, (RequestError, PlanFileError, UnknownView, CriteriaError, MarksError, ScaleNeeded)):
        return "Bad input", BAD_INPUT
    if isinstance(error, (AnswersError, RulesError, UnknownRuleError)):
        return "Bad input", BAD_INPUT
    return None


def _tell(kind: str, message: str, code: int) -> None:
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"{kind}:", message, style="bold", markup=False)
    raise SystemExit(code)


def main() -> None:
    """Run the command line."""
    with told_errors():
        app()
