"""The same client on PostgreSQL, in a file of its own: both go on at the same time."""

from tests.clinic.browser.story import one_client

DATABASE = "postgresql"


def test_one_client_through_all_nine_ways(clinic, sits_down):
    one_client(clinic, sits_down)
