"""What is wrong with a table that a person wrote, in words."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError


def mistakes_in_words(error: ValidationError, model: type[BaseModel], beside: Iterable[str] = ()) -> Iterator[str]:
    """Yield what is wrong with a table, each mistake with its key.

    Parameters
    ----------
    error
        What validation found.
    model
        The table's model, for the keys that it knows.
    beside
        Further keys that may stand there, such as the names of tables below it.
    """
    for detail in error.errors():
        place = ".".join(map(str, detail["loc"]))
        if detail["type"] == "extra_forbidden":
            known = [*model.model_fields, *beside]
            near = get_close_matches(place, known, n=1)
            yield f"{place}: unknown key; " + (f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}")
        elif detail["type"] == "missing":
            yield f"{place}: missing"
        elif detail["type"] == "value_error":
            yield f"{place}: {detail['msg'].removeprefix('Value error, ')}"
        else:
            yield f"{place}: {detail['msg']}, not {detail['input']!r}"
