"""The documentation tells the truth: snippets run, commands parse, shown errors are real, links lead somewhere."""

import importlib.util
import re
import shlex
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
import typer

from corneum.cli.app import app, main
from corneum.devices import DEVICES
from corneum.evidence import load_evidence
from corneum.imaging.indices import INDICES
from corneum.imaging.pairs import manifest
from corneum.skin import SITES
from corneum.treatment import protocol_file

ROOT = Path(__file__).parents[2]
BOOK = load_evidence()
GENERATED = "docs/evidence/"
MADE_FROM_TABLES = (GENERATED, "docs/claims/", "docs/screening/")

FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```\s*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\((?!https?://)([^)#\s]*)(#[^)\s]+)?\)")
TARGET = re.compile(r"^\(([\w-]+)\)=$", re.MULTILINE)
KEY = re.compile(r"`((?:skin|devices|abrasion|recovery|treatment|imaging|lesions)\.[a-z0-9_]+(?:\.[a-z0-9_]+)*)`")
FORBIDDEN = re.compile(
    r"\b(safe|safely|safety|optimal|heal(s|ed|ing)?|improve[sd]?|improving|improvement|recommended|harmless|flawless|benign"
    r"|induces collagen|will result in)\b",
    re.IGNORECASE,
)
NAMES = re.compile(r"Global Aesthetic Improvement Scale|very much improved|[Tt]hread-safe")

PRINTED = {"docs/measuring.md": "0% of the sham answers call a change"}
"""What the snippets of a page print; the others simulate."""


@dataclass(frozen=True)
class Fence:
    page: str
    language: str
    caption: str
    body: str


def pages() -> list[Path]:
    found = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [path for path in found if not name_of(path).startswith(MADE_FROM_TABLES)]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def fences(path: Path) -> list[Fence]:
    found = []
    for match in FENCE.finditer(path.read_text()):
        language, body = match["info"].strip(), match["body"]
        caption = re.search(r"^:caption: (.+)\n", body)
        if language.startswith("{code-block}"):
            language = language.removeprefix("{code-block}").strip()
            body = re.sub(r"^:\w+: .+\n", "", body)
        found.append(Fence(name_of(path), language, caption[1] if caption else "", body))
    return found


EVERY_FENCE = [fence for path in pages() for fence in fences(path)]
COMMAND_LINES = sorted(
    {
        line.removeprefix("$ ")
        for fence in EVERY_FENCE
        if fence.language == "console"
        for line in fence.body.splitlines()
        if line.startswith("$ ")
    }
)


@pytest.fixture
def beside_examples(tmp_path, monkeypatch):
    """Return a folder in which ``examples/`` and the files that the tutorial writes lie."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for fence in EVERY_FENCE:
        if fence.language == "toml" and fence.caption:
            (tmp_path / fence.caption).write_text(fence.body)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", sorted({fence.page for fence in EVERY_FENCE if fence.language == "python"}))
def test_python_snippets_run(page, beside_examples, capsys):
    names: dict[str, object] = {}
    for fence in EVERY_FENCE:
        if fence.page == page and fence.language == "python":
            exec(compile(fence.body, page, "exec"), names)
    assert PRINTED.get(page, "the model expects") in capsys.readouterr().out


def test_there_are_command_lines():
    assert any(line.startswith("corneum simulate") for line in COMMAND_LINES)
    assert any(line.startswith("make ") for line in COMMAND_LINES)


@pytest.mark.parametrize("line", [line for line in COMMAND_LINES if line.startswith("corneum ")])
def test_command_line_parses(line, beside_examples):
    words = shlex.split(line.split(" > ")[0].split(" | ")[0])[1:]
    if words == ["--version"]:
        return
    group = typer.main.get_command(app)
    command = group.get_command(None, words[0])
    assert command is not None, f"no command {words[0]}"
    context = command.make_context(words[0], words[1:])
    if isinstance(command, click.Group):
        within = command.get_command(context, words[1])
        assert within is not None, f"no command {words[0]} {words[1]}"
        within.make_context(words[1], words[2:], parent=context)
    if words[0] == "simulate":
        assert context.params["protocol"].exists()


@pytest.mark.parametrize("line", [line for line in COMMAND_LINES if line.startswith("make ")])
def test_make_target_exists(line):
    assert re.search(rf"^{line.split()[1]}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_shown_errors_are_the_real_ones(beside_examples, monkeypatch, capsys):
    shown = [fence for fence in EVERY_FENCE if re.search(r"^(Bad input|Refused):", fence.body, re.MULTILINE)]
    assert len(shown) >= 2
    for fence in shown:
        command, output, code = re.fullmatch(
            r"\$ corneum (.+?)\n(.+)\$ echo \$\?\n(\d)\n", fence.body, re.DOTALL
        ).groups()
        monkeypatch.setattr(sys, "argv", ["corneum", *shlex.split(command)])
        with pytest.raises(SystemExit) as left:
            main()
        told = capsys.readouterr()
        assert told.err.split() == output.split()
        assert (told.out, left.value.code) == ("", int(code))
        assert not list(beside_examples.glob("*.html"))


def test_shown_protocols_can_be_read(beside_examples):
    captions = [fence.caption for fence in EVERY_FENCE if fence.language == "toml" and fence.caption]
    readable = [name for name in captions if name not in ("wrong.toml", "refused.toml")]
    assert len(readable) >= 3
    for name in readable:
        protocol_file.read_protocol(name)


TABLES = {
    "head": protocol_file._Head,
    "skin": protocol_file._Skin,
    "room": protocol_file._Room,
    "course": protocol_file._Course,
    "step": protocol_file._Step,
}
LISTED = {"At the head of the list:": manifest._Head, "In each photograph's table:": manifest._Photo}
MUST = {"head": {"title": "One pass"}, "step": {"zone": "cheek", "device": "diamond"}}


def told_keys(heading: str, page: str = "tutorial.md") -> dict[str, str]:
    """Return the default that a page tells for each key of the table after ``heading``."""
    text = (ROOT / "docs" / page).read_text().split(heading, 1)[1].lstrip()
    rows = [line.strip("| ").split(" | ") for line in text.split("\n\n", 1)[0].splitlines()[2:]]
    return {row[0].strip("`"): row[-1] for row in rows}


@pytest.mark.parametrize(
    ("table", "heading"),
    [
        ("head", "At the top of the file:"),
        ("skin", "In `[skin]`:"),
        ("room", "In `[room]`:"),
        ("course", "In `[course]`:"),
        ("step", "In each `[[step]]`:"),
    ],
)
def test_tutorial_tells_every_key_and_its_default(table, heading):
    model, told = TABLES[table], told_keys(heading)
    assert set(told) == set(model.model_fields)
    plain = model.model_validate(MUST.get(table, {}))
    for key, default in told.items():
        field = model.model_fields[key]
        if default.startswith("`"):
            value = tomllib.loads(f"x = {default.strip('`')}")["x"]
            written = model.model_validate({**MUST.get(table, {}), key: value})
            assert getattr(written, key) == getattr(plain, key), key
        elif default == "must be given":
            assert field.is_required(), key
        else:
            assert field.default is None, key


@pytest.mark.parametrize("heading", LISTED)
def test_measuring_tells_every_key_of_a_list_of_photographs(heading):
    told, fields = told_keys(heading, "measuring.md"), LISTED[heading].model_fields
    assert set(told) == set(fields)
    assert {key for key, default in told.items() if default == "must be given"} == {
        key for key, field in fields.items() if field.is_required()
    }
    written = {key: tomllib.loads(f"x = {default.strip('`')}")["x"] for key, default in told.items() if "`" in default}
    assert written == {key: fields[key].default for key in written}


def test_shown_list_of_photographs_can_be_read(tmp_path):
    shown = [fence.body for fence in EVERY_FENCE if fence.language == "toml" and "[[photo]]" in fence.body]
    assert shown
    for body in shown:
        path = tmp_path / "series.toml"
        path.write_text(body)
        for name in re.findall(r'^file = "(.+)"$', body, re.MULTILINE):
            (tmp_path / name).touch()
        assert manifest.read_manifest(path).followups


def test_measuring_tells_what_every_index_needs():
    text = (ROOT / "docs" / "measuring.md").read_text()
    told = re.findall(r"^\| ([^|]+) \| ([\d.]+) \| ([^|]+) \|$", text, re.MULTILINE)
    card = {(True, True): "ColorChecker", (True, False): "card or target", (False, False): "no"}
    needs = [(i.title, f"{i.needs_px_per_mm:g}", card[i.needs_card, i.needs_absolute]) for i in INDICES.values()]
    assert told == needs


def test_tutorial_tells_every_device_setting_and_zone():
    text = (ROOT / "docs" / "tutorial.md").read_text()
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| (`.+`) \|$", text, re.MULTILINE))
    told = {name: re.findall(r"`(\w+)`", cell) for name, cell in rows.items() if name in DEVICES}
    assert told == {name: [one.split("_")[0] for one in device.settings] for name, device in DEVICES.items()}
    zones = re.search(r"^Zones: (.+?)\.", text, re.MULTILINE | re.DOTALL)[1]
    assert [zone.strip() for zone in zones.split(",")] == list(SITES)


@pytest.mark.parametrize("path", pages(), ids=name_of)
def test_links_lead_somewhere(path):
    dead = []
    made = {f"{GENERATED}{name}" for name in evidence_pages().pages(BOOK)} | {"docs/screening/README.md"}
    for file, anchor in LINK.findall(FENCE.sub("", path.read_text())):
        target = (path.parent / file).resolve() if file else path
        inside = target.relative_to(ROOT).as_posix()
        if not target.exists() and inside not in made:
            dead.append(file)
        elif anchor and not file and not any(anchor[1:] in TARGET.findall(page.read_text()) for page in pages()):
            dead.append(anchor)
    assert dead == []


@pytest.mark.parametrize("path", pages(), ids=name_of)
def test_pages_name_rows_that_exist(path):
    every = {*BOOK.numbers, *BOOK.rules}
    prefixes = {".".join(key.split(".")[:n]) for key in every for n in range(1, key.count(".") + 1)}
    assert [key for key in KEY.findall(path.read_text()) if key not in every | prefixes] == []


@pytest.mark.parametrize("path", pages(), ids=name_of)
def test_pages_promise_nothing(path):
    assert FORBIDDEN.findall(NAMES.sub("", path.read_text())) == []


def test_every_contradiction_that_is_named_has_its_section():
    sections = set(TARGET.findall((ROOT / "docs" / "contradictions.md").read_text()))
    assert sections == {f"contradiction-{number}" for number in range(1, 18)}
    rows = [*BOOK.numbers.values(), *BOOK.rules.values(), *BOOK.measurements.values()]
    named = {number for row in rows for number in re.findall(r"[Cc]ontradiction (\d+)", row.note)}
    assert named and {f"contradiction-{number}" for number in named} <= sections


def evidence_pages():
    spec = importlib.util.spec_from_file_location("make_evidence_page", ROOT / "tools" / "make_evidence_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_evidence_pages_hold_every_row():
    made = evidence_pages().pages(BOOK)
    assert made == evidence_pages().pages(BOOK)
    assert "{{" not in "".join(made.values())
    for key in BOOK.numbers:
        assert f"**{key.rsplit('.', 1)[1]}**" in made[f"{key.split('.')[0]}.md"], key
    for key in BOOK.rules:
        assert f"`{key}`" in made["rules.md"]
    for key in BOOK.sources:
        assert f"(source-{key})=" in made["sources.md"]
    for row in [*BOOK.numbers.values(), *BOOK.measurements.values()]:
        for name in row.rows:
            assert f"* - {name}\n" in made["row-ids.md"], name


def test_a_stale_evidence_page_is_found(tmp_path):
    tool = evidence_pages()
    assert tool.main([str(tmp_path), "--check"]) == 1
    assert tool.main([str(tmp_path)]) == 0
    assert tool.main([str(tmp_path), "--check"]) == 0
    (tmp_path / "gone.md").write_text("a page of a room that is gone")
    (tmp_path / "skin.md").write_text("edited by hand")
    assert tool.stale(tmp_path) == ["gone.md", "skin.md"]
    tool.write(tmp_path)
    assert tool.stale(tmp_path) == []
