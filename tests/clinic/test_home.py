import stat

import pytest

from corneum.clinic.project.database import DatabaseUrlError, database_of
from corneum.clinic.project.home import Home, HomeError


def test_the_secret_is_made_once_and_read_by_its_owner_only(tmp_path):
    home = Home(tmp_path / "clinic").prepared()
    assert home.secret_key() == home.secret_key()
    assert len(home.secret_key()) > 60
    assert stat.S_IMODE((home.root / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.photographs.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeError, match="cannot write"):
        Home(tmp_path / "file" / "clinic").prepared()


@pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://host", "nonsense"])
def test_another_database_is_refused(url):
    with pytest.raises(DatabaseUrlError):
        database_of(url, None)
