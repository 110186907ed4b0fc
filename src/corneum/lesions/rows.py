"""The evidence rows that this room rests on."""

from corneum.evidence import Rule, load_evidence


def value(key: str) -> float:
    """Return the value of the number row ``lesions.<key>``."""
    return load_evidence().number(f"lesions.{key}").value


def rule(key: str) -> Rule:
    """Return the rule row ``lesions.<key>``."""
    return load_evidence().rule(f"lesions.{key}")


def limit(key: str) -> float:
    """Return the value of the rule row ``lesions.<key>``, which has one."""
    found = rule(key).value
    assert found is not None
    return found
