"""What an installed Corneum needs travels in the wheel."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
DATA = {".toml", ".html", ".css", ".j2", ".typed", ".jpg", ".csv", ".typ"}


def test_wheel_holds_code_data_and_license(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("corneum-*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())

    source = ROOT / "src"
    wanted = {
        str(path.relative_to(source))
        for path in source.rglob("*")
        if path.is_file() and (path.suffix == ".py" or path.suffix in DATA)
    }
    assert wanted <= held
    assert any(name.endswith("licenses/LICENSE") for name in held)
