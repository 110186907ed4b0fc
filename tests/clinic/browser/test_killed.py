"""The server is killed while a session is recorded: what was answered is there once, and nothing by halves."""

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode
from uuid import UUID

import pytest

from tests.clinic.browser.postgres import cluster
from tests.clinic.browser.served import environment, free_port, wait_for
from tests.clinic.conftest import PASSWORD

KILLS = {"sqlite": 50, "postgresql": 8}
MOST_TAPS = 4
"""Answered in one life, before the moment of its end is near."""


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    """How often it is killed, the address of a database, and what asks it a question past the program."""
    if request.param == "sqlite":
        yield KILLS["sqlite"], "", lambda question: _ask_sqlite(tmp_path / "clinic" / "clinic.sqlite3", question)
    else:
        with cluster() as new:
            address = new()
            yield KILLS["postgresql"], address, lambda question: _ask_postgresql(address, question)


def _ask_sqlite(path, question):
    base = sqlite3.connect(path)
    try:
        return base.execute(question).fetchall()
    finally:
        base.close()


def _ask_postgresql(address, question):
    import psycopg

    with psycopg.connect(address) as base:
        return base.execute(question).fetchall()


class Server:
    """Started and killed as often as one likes."""

    def __init__(self, home, address):
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "tests.clinic.browser.reborn", str(home), str(self.port)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, env=environment(address)
        )
        self.place = json.loads(self.process.stdout.readline())
        self.life = 0

    def start(self):
        self.process.stdin.write("start\n")
        self.process.stdin.flush()
        self.life = int(self.process.stdout.readline())

    def kill(self):
        os.killpg(self.life, signal.SIGKILL)

    def end(self):
        if self.life:
            with suppress(ProcessLookupError):
                self.kill()
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            pipe.close()


class Tablet:
    """The page's queue without a page: a tap is sent until it is answered, and the next one only then."""

    def __init__(self, server):
        self.server, self.cookies, self.token = server, {}, ""
        self.saved = []
        self.usual_s = 0.1

    def log_in(self):
        self._ask("GET", "/log-in/")
        self._ask("POST", "/log-in/", {"username": "petra", "password": PASSWORD, "next": "/"})
        self._ask("GET", "/me/")
        assert "sessionid" in self.cookies

    def _ask(self, method, path, fields=None):
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        try:
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            body = None
            if fields is not None:
                headers |= {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
                headers["X-CSRFToken"] = self.token
                body = urlencode(fields)
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            said = answer.read().decode()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0]
            found = re.search(r'"X-CSRFToken": "(\w+)"', said)
            self.token = found.group(1) if found else self.token
            return answer.status, said
        finally:
            connection.close()

    def send(self, tap):
        """Return whether the clinic said that it is saved; a lost connection says nothing."""
        began = time.monotonic()
        try:
            status, said = self._ask("POST", f"{self.server.place['session']}tap/", tap)
        except (OSError, HTTPException):
            return False
        if status >= 500:
            return False
        assert (status, json.loads(said)["status"]) == (200, "saved"), said[:300]
        self.saved.append(tap["id"])
        self.usual_s = (3 * self.usual_s + time.monotonic() - began) / 4
        return True


def a_tap(dice, lot):
    made = {"id": str(UUID(int=dice.getrandbits(128), version=4))}
    kind = dice.choice(["comfort", "lot", "note", "end_point", "timer"])
    zone = dice.choice(["cheek", "forehead"])
    value = {
        "comfort": {"zone": zone, "number": dice.randrange(11)},
        "lot": {"lot": lot, "amount": 1 + dice.randrange(3)},
        "note": {"text": f"Calm skin {dice.random()}"},
        "end_point": {"zone": zone, "word": "light"},
        "timer": {"zone": zone, "on": str(dice.randrange(2))},
    }[kind]
    return made | {"kind": kind} | value


def is_whole(ask):
    """Every tap once, numbered without a gap, with its audit event, and its lot taken out of stock."""
    taps = [(number, kind, value) for number, kind, value in ask("SELECT number, kind, value FROM treatments_entry")]
    assert sorted(number for number, _, _ in taps) == list(range(1, len(taps) + 1))
    assert ask("SELECT count(*) FROM audit_event WHERE action = 'treatment.tapped'") == [(len(taps),)]
    used = sum((json.loads(value) if isinstance(value, str) else value)["amount"] for _, k, value in taps if k == "lot")
    moved = ask("SELECT coalesce(sum(amount), 0) FROM stock_stockmove WHERE reason = 'used'")
    assert moved == [(-used,)]
    assert ask("SELECT sum(quantity) FROM stock_lot") == [(100_000 - used,)]
    return len(taps)


@pytest.mark.slow
def test_nothing_that_was_confirmed_is_lost_and_nothing_is_half_made(database, tmp_path):
    kills, address, ask = database
    dice = random.Random(20270301)
    server = Server(tmp_path / "clinic", address)
    try:
        server.start()
        wait_for(server.base, lambda: True)
        tablet, lot = Tablet(server), server.place["lot"]
        tablet.log_in()
        before = is_whole(ask)
        tap = a_tap(dice, lot)
        for _ in range(kills):
            for _ in range(dice.randrange(MOST_TAPS)):
                assert tablet.send(tap)
                tap = a_tap(dice, lot)
            # At any moment of a tap: before it arrives, while it is written, or when it was answered.
            killer = threading.Timer(dice.uniform(0, 1.2 * tablet.usual_s), server.kill)
            killer.start()
            while tablet.send(tap):
                tap = a_tap(dice, lot)
            killer.join()
            server.start()
            wait_for(server.base, lambda: True)
            is_whole(ask)
        assert tablet.send(tap)
        # A page that was closed sends once more what it had not heard of: it is kept once all the same.
        assert tablet.send(tap | {"tapped_at": "2027-03-01T10:00:00Z"})
    finally:
        server.end()
    ids = [str(UUID(str(one))) for (one,) in ask("SELECT id FROM treatments_entry")]
    assert len(set(ids)) == len(ids) == before + len(set(tablet.saved))
    assert set(tablet.saved) <= set(ids)
    assert len(tablet.saved) >= kills


def test_a_tap_that_was_lost_would_be_noticed():
    def ask(question):
        return [(1, "note", "{}"), (3, "note", "{}")] if "treatments_entry" in question else [(2,)]

    with pytest.raises(AssertionError):
        is_whole(ask)
