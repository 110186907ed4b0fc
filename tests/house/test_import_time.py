"""``import corneum`` is cheap: heavy libraries are loaded when they are first needed."""

import subprocess
import sys

HEAVY = ("numba", "llvmlite", "scipy", "matplotlib", "jinja2", "pydantic", "typer", "rich")


def test_import_loads_nothing_heavy():
    code = f"import sys, corneum; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
