"""Protocols and their errors."""

from corneum.treatment import ProtocolError, RefusedError
from tests.treatment.builders import protocol


def test_session_days_are_an_interval_apart():
    found = protocol(course={"sessions": 4, "interval": '"10 d"'})
    assert found.session_days == (0, 10, 20, 30)


def test_sites_are_named_once_in_their_order():
    found = protocol({"zone": '"nose"'}, {"zone": '"chin"'}, {"zone": '"nose"'})
    assert found.sites == ("nose", "chin")


def test_a_refusal_is_a_protocol_error_and_that_a_value_error():
    assert issubclass(RefusedError, ProtocolError)
    assert issubclass(ProtocolError, ValueError)


def test_an_error_tells_every_mistake_on_a_line():
    error = ProtocolError(["first", "second"])
    assert error.mistakes == ("first", "second")
    assert str(error) == "first\nsecond"
