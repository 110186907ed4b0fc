"""Results kept as long as the picture that they were computed from: many indices share the same first steps."""

import weakref
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

_Subject = TypeVar("_Subject")
_More = ParamSpec("_More")
_Result = TypeVar("_Result")


class Same:
    """A further argument that is told by identity too; it is kept as long as the results.

    Parameters
    ----------
    one
        For example an array, which cannot be compared at once.
    """

    def __init__(self, one: object) -> None:
        self.one = one

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.one is other.one

    def __hash__(self) -> int:
        return id(self.one)


def remembered(
    function: Callable[Concatenate[_Subject, _More], _Result],
) -> Callable[Concatenate[_Subject, _More], _Result]:
    """Return a function that computes once for each first argument, told by identity, and other arguments.

    The first argument must not be changed afterwards. Its results are dropped with it. Threads that ask for the same
    thing at once wait for one of them to compute it.
    """
    kept: dict[int, dict[object, tuple[Lock, list[_Result]]]] = {}
    guard = Lock()

    @wraps(function)
    def asked(subject: _Subject, /, *more: _More.args, **named: _More.kwargs) -> _Result:
        key = (more, tuple(sorted(named.items())))
        with guard:
            if id(subject) not in kept:
                kept[id(subject)] = {}
                weakref.finalize(subject, kept.pop, id(subject), None).atexit = False
            lock, found = kept[id(subject)].setdefault(key, (Lock(), []))
        with lock:
            if not found:
                found.append(function(subject, *more, **named))
        return found[0]

    return asked
