"""What the repository promises to those who fetch it, beside what the program computes."""

import ast
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_LINES = 400

# Written in pieces, so that this file does not name what it looks for.
INDEX_HOST = re.compile(
    "|".join([r"py" + r"pi\.org", r"python" + r"hosted\.org", r"--(?:extra-)?index-" + r"url\b[ =]\S"])
)
FOREIGN_PATH = re.compile(r"(?<![\w.~*)}/-])/(?:work|root)(?![\w-])")

KERNEL_NAMES = re.compile(r"^(?:kernels?|intrinsics|\w+_kernel)\.py$")
KERNEL_GUESTS = {"numpy", "scipy", "numba", "llvmlite", "math", "typing", "collections", "dataclasses", "__future__"}


def repository_files() -> list[Path]:
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    names = [name for name in listed.stdout.decode().split("\0") if name]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def lines_that_match(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in repository_files():
        content = path.read_bytes()
        if b"\0" in content[:8192]:
            continue
        for number, line in enumerate(content.decode(errors="replace").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    return found


def pinned(file_name: str) -> dict[str, str]:
    """Return the block of text of each pinned package, by name."""
    text = (ROOT / "requirements" / file_name).read_text()
    blocks = re.split(r"\n(?=[A-Za-z0-9])", "\n" + text)[1:]
    return {re.split(r"[=\[ ]", block)[0].lower(): block for block in blocks}


def test_no_file_names_a_package_index_host():
    assert lines_that_match(INDEX_HOST) == []


def test_no_file_names_a_path_of_one_machine():
    assert lines_that_match(FOREIGN_PATH) == []


@pytest.mark.parametrize("text", ["cd /{}/main", "'/{}/.cache'", "at /{}", '"/{}"'])
@pytest.mark.parametrize("folder", ["wo" + "rk", "ro" + "ot"])
def test_a_foreign_path_would_be_found(text, folder):
    assert FOREIGN_PATH.search(text.format(folder))


@pytest.mark.parametrize("text", ["https://example.org/work/1", "docs/work/x", "/workshop", "J/root", "../root/x"])
def test_an_innocent_path_is_left_alone(text):
    assert not FOREIGN_PATH.search(text)


@pytest.mark.parametrize("file_name", ["run.txt", "dev.txt"])
def test_every_requirement_is_pinned_with_hashes(file_name):
    packages = pinned(file_name)
    assert packages
    bare = [
        name
        for name, block in packages.items()
        if not re.search(r"--hash=sha256:[0-9a-f]{64}", block) or "==" not in block.splitlines()[0]
    ]
    assert bare == []


def test_requirements_hold_every_declared_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    run, dev = pinned("run.txt"), pinned("dev.txt")

    def names(wanted: list[str]) -> set[str]:
        return {re.match(r"[\w.-]+", one)[0].lower() for one in wanted}

    assert names(project["dependencies"]) <= set(run)
    assert names(project["optional-dependencies"]["dev"]) <= set(dev)
    assert {name: dev[name].splitlines()[0] for name in run} == {name: run[name].splitlines()[0] for name in run}


def test_source_files_are_short():
    long = {}
    for path in sorted((ROOT / "src").rglob("*.py")):
        count = len(path.read_text().splitlines())
        if count > MOST_LINES:
            long[str(path.relative_to(ROOT))] = count
    assert long == {}


def test_kernels_import_arrays_and_the_compiler_only():
    strangers = []
    for path in sorted((ROOT / "src" / "corneum").rglob("*.py")):
        if not KERNEL_NAMES.match(path.name):
            continue
        room = ".".join(path.parent.relative_to(ROOT / "src").parts)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules = [f"{room}.{node.module}" if node.level else str(node.module)]
            else:
                continue
            for module in modules:
                sibling = module.startswith(room + ".") and KERNEL_NAMES.match(module.removeprefix(room + ".") + ".py")
                if not sibling and module.split(".")[0] not in KERNEL_GUESTS:
                    strangers.append(f"{path.relative_to(ROOT)}:{node.lineno}: {module}")
    assert strangers == []


def test_one_script_runs_all_checks():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text()
    assert "set -euo pipefail" in text
    for command in ("make check", "make test", "make docs"):
        assert re.search(rf"^{command}$", text, re.MULTILINE), command


def test_every_example_is_explained():
    readme = ROOT / "README.md"
    if not readme.exists():
        pytest.skip("no README yet")
    told = readme.read_text() + "".join(page.read_text() for page in sorted((ROOT / "docs").rglob("*.md")))
    untold = [path.name for path in sorted((ROOT / "examples").glob("*.toml")) if path.name not in told]
    assert untold == []


def test_every_example_that_is_named_exists():
    pages = [path for path in repository_files() if path.suffix == ".md" or path.name == "Makefile"]
    named = {name for page in pages for name in re.findall(r"\bexamples/[\w./-]+\.toml\b", page.read_text())}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
