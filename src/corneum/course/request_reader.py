"""The mistakes of a request file, collected while it is read."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from corneum.course.request_tables import messages
from corneum.evidence import Book

_M = TypeVar("_M", bound=BaseModel)


class Reader:
    """One file: its name, and the mistakes found so far."""

    def __init__(self, name: str, book: Book) -> None:
        self.name, self.book = name, book
        self.mistakes: list[str] = []

    def say(self, at: str, message: object) -> None:
        """Keep a mistake with its place."""
        self.mistakes.append(f"{self.name}: {at}: {message}" if at else f"{self.name}: {message}")

    def checked(self, model: type[_M], raw: object, at: str) -> _M | None:
        """Return a table, or None with its mistakes said."""
        if not isinstance(raw, dict):
            self.say(at, "must be a table")
            return None
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            for message in messages(error, model):
                self.say(at, message)
            return None

    def partly(self, model: type[_M], raw: object, at: str, **stand_in: object) -> tuple[_M | None, bool]:
        """Return a table, and whether it is whole: what cannot be read is left out, so that the rest is still checked.

        ``stand_in`` takes the place of what is required; without one for it there is no table.
        """
        found = self.checked(model, raw, at)
        if found is not None or not isinstance(raw, dict):
            return found, found is not None
        try:
            model.model_validate(raw)
        except ValidationError as error:
            bad = {str(detail["loc"][0]) for detail in error.errors() if detail["loc"]}
        rest = {key: value for key, value in raw.items() if key not in bad}
        try:
            return model.model_validate(
                {**{key: value for key, value in stand_in.items() if key in bad}, **rest}
            ), False
        except ValidationError:
            return None, False

    def tables(self, raw: object, at: str) -> list[tuple[int, object]]:
        """Return the tables of a list with their numbers, or say that one is needed."""
        if not isinstance(raw, list) or not raw:
            self.say("", f"at least one [[{at}]] is needed")
            return []
        return list(enumerate(raw, 1))
