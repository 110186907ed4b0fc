"""One client through all nine ways of the clinic, in the browser, on SQLite."""

from tests.clinic.browser.story import one_client


def test_one_client_through_all_nine_ways(clinic, sits_down):
    one_client(clinic, sits_down)
