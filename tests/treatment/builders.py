"""Protocols for the tests of this room; small zones and coarse cells, so that they are fast."""

from corneum.treatment import parse_protocol


def text(*steps, **tables):
    """Return a protocol as TOML: ``text({"zone": "cheek", ...}, course={"sessions": 2})``; values are TOML already."""
    lines = ['title = "A protocol for a test"']
    for name, table in tables.items():
        lines += [f"[{name}]", *(f"{key} = {value}" for key, value in table.items())]
    for step in steps or ({},):
        usual = {"zone": '"cheek"', "device": '"crystal-venturi"', "area": '"1 cm2"', "pitch": '"200 um"'}
        merged = {key: value for key, value in (usual | step).items() if value is not None}
        lines += ["[[step]]", *(f"{key} = {value}" for key, value in merged.items())]
    return "\n".join(lines) + "\n"


def protocol(*steps, **tables):
    return parse_protocol(text(*steps, **tables))
