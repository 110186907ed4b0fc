import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOLDERS = ("tests/faces", "examples/faces", "src/corneum/imaging/retakes/composite")


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_photograph_is_listed_with_its_hash_and_licence(folder):
    home = ROOT / folder
    text = (home / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"\| `([^`]+\.(?:jpg|tem))` \| `([0-9a-f]{64})` \|", text))
    there = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.suffix in {".jpg", ".tem"}}
    assert set(listed) == there
    for name, digest in listed.items():
        assert hashlib.sha256((home / name).read_bytes()).hexdigest() == digest, name
    assert re.search(r"CC BY 4\.0|CC0", text)


def test_opencv_waits_until_a_picture_is_looked_at():
    code = "import sys, corneum, corneum.imaging.faces; assert 'cv2' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
