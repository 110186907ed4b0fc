"""What a log says: what failed and where in the program, never an address, a message or a value of a row."""

import logging
from collections.abc import Iterator
from traceback import walk_tb


class DiscreetFormatter(logging.Formatter):
    """Time, level, and where: an address may hold the token of a private link, a message of a database a whole row."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record without anything that a person sent or said."""
        said = [self.formatTime(record), record.levelname, record.name, *_what(record)]
        error = record.exc_info[1] if record.exc_info else None
        return "\n".join([" ".join(said), *(_trace(error) if error is not None else ())])


def _what(record: logging.LogRecord) -> Iterator[str]:
    if record.name.startswith("corneum."):
        yield record.getMessage()
    elif record.args:
        # The sentence without what is filled into it.
        yield str(record.msg)
    status = getattr(record, "status_code", None)
    if status is not None:
        yield f"status {status}"
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    if match is not None:
        yield f"at {match.view_name}"


def _trace(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or error.__context__
    if cause is not None:
        yield from _trace(cause)
    yield f"  {type(error).__module__}.{type(error).__name__}"
    for frame, line in walk_tb(error.__traceback__):
        yield f"    {frame.f_globals.get('__name__', '?')}:{line} in {frame.f_code.co_name}"
