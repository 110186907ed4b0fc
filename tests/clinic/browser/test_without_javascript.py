"""The same client with JavaScript off: only the camera, the drawn signature and the waiting taps are left out."""

from functools import partial

import pytest

from tests.clinic.browser.served import Clinic
from tests.clinic.browser.story import one_client


@pytest.fixture(scope="module")
def plain_clinic(tmp_path_factory):
    with Clinic(tmp_path_factory.mktemp("plain") / "home") as served:
        yield served


def test_one_client_without_a_script(plain_clinic, sits_down):
    one_client(plain_clinic, partial(sits_down, java_script_enabled=False))
