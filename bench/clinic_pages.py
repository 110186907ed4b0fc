"""Every page of the clinic's table of permissions once, found as a person finds it: which are slow, and which heavy."""

import html
import os
import re
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urljoin, urlsplit

OF_A_KIND = 4
"""So many pages of one kind are asked where they lead; the first of them counts."""
SLOWEST = 10


class Reader(Protocol):
    """Somebody who has logged in."""

    status: int

    def get(self, path: str) -> tuple[float, bytes]:
        """Return the milliseconds that a page took on the server, and the page."""
        ...


@dataclass(frozen=True)
class Opened:
    """A page that was opened.

    Parameters
    ----------
    name
        Of its address.
    ms
        That it took on the server.
    kb
        Of its text.
    """

    name: str
    ms: float
    kb: float


def open_all(readers: Mapping[str, Reader], starts: list[str]) -> list[Opened]:
    """Return each page of the table that a link leads to, opened twice: the second time counts."""
    resolve = _resolver()
    opened: dict[str, Opened] = {}
    for reader in readers.values():
        waiting, known, asked = deque(starts), set(starts), Counter[str]()
        while waiting:
            path = waiting.popleft()
            name = resolve(path)
            asked[name] += 1
            if not name or asked[name] > OF_A_KIND:
                continue
            _, text = reader.get(path)
            if reader.status != 200:
                continue
            if name not in opened:
                ms, _ = reader.get(path)
                opened[name] = Opened(name, ms, len(text) / 1000)
            for link in re.findall(rb'(?:href|src)="(/[^"#]*)"', text):
                found = urljoin(path, html.unescape(link.decode()))
                if found not in known:
                    known.add(found)
                    waiting.append(found)
    return list(opened.values())


def _resolver() -> Callable[[str], str]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corneum.clinic.project.settings")
    import django

    django.setup()
    from django.urls import Resolver404, resolve

    def name_of(path: str) -> str:
        try:
            return resolve(urlsplit(path).path).view_name
        except Resolver404:
            return ""

    return name_of


def told(database: str, opened: list[Opened]) -> list[str]:
    """Return what to say of them."""
    slowest = sorted(opened, key=lambda one: -one.ms)[:SLOWEST]
    heaviest = max(opened, key=lambda one: one.kb)
    return [
        f"{database}: {len(opened)} pages and files opened once by every role that may, nobody else there; slowest: "
        + ", ".join(f"{one.name} {one.ms:.0f} ms" for one in slowest),
        f"{database}: heaviest page {heaviest.name} {heaviest.kb:.0f} kB",
    ]
