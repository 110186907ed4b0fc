"""No file crashes, hangs or swells the door: each is read, or refused in words."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.imaging.door.hostile import GIGABYTE, write_files

ROOT = Path(__file__).parents[3]
COUNT = 200


pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits and counts of Linux")


@pytest.fixture(scope="module")
def fuzz(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    groups = write_files(folder, seed=20261120, count=COUNT)
    command = [sys.executable, "-m", "tests.imaging.door.hostile", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, f"crashed at {lines[-1:]}: {done.stderr[-2000:]}"
    return groups, {line["name"]: line for line in lines if "said" in line}


def test_every_file_is_read_or_refused(fuzz):
    groups, told = fuzz
    assert sorted(told) == sorted(name for names in groups.values() for name in names)
    assert len(told) >= COUNT + 30
    assert [line for line in told.values() if not line["fine"]] == []


def test_none_takes_a_gigabyte(fuzz):
    assert max(line["peak"] for line in fuzz[1].values()) < GIGABYTE


def test_whole_files_are_read(fuzz):
    groups, told = fuzz
    assert [name for name in groups["whole"] if told[name]["said"] != "read"] == []


def test_harm_is_found_in_most_files_and_not_in_all(fuzz):
    groups, told = fuzz
    refused = sum(told[name]["said"] == "refused" for name in groups["harmed"])
    assert 0.4 * COUNT < refused < COUNT
