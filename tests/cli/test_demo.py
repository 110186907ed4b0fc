"""``corneum photo demo``: files that say what they are, and a list that can be read again."""

import json

from typer.testing import CliRunner

from corneum.cli.app import app
from corneum.imaging.pairs.manifest import read_manifest


def test_a_demonstration_is_written_whole_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "new" / "demo"
    done = CliRunner().invoke(app, ["photo", "demo", str(folder), "--megapixels", "1"])
    assert done.exit_code == 0, done.output
    listed = read_manifest(folder / "series.toml")
    assert [one.path.name for one in listed.followups] == ["followup-6-weeks.jpg", "followup-10-weeks.jpg"]
    truth = json.loads((folder / "truth.json").read_text())
    assert "nobody's own face" in truth["what"] and len(truth["photographs"]) == 3
    assert not [path for path in folder.iterdir() if path.name.endswith(".part")]
