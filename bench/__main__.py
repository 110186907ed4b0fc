"""Run the measurements: every module of this folder that has a ``main`` which returns a table."""

import argparse
import dataclasses
import importlib
import json
import platform
import sys
from pathlib import Path
from types import ModuleType

from bench.table import Table


def measurements() -> dict[str, ModuleType]:
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    modules = {name: importlib.import_module(f"bench.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "main")}


def main() -> int:
    found = measurements()
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which to run; all if none: {', '.join(found)}")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in found]
    if unknown:
        parser.error(f"no measurement {', '.join(unknown)}; there are {', '.join(found)}")
    tables: dict[str, Table] = {}
    for name in asked.names or found:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        tables[name] = found[name].main()
        if not asked.json:
            print(f"\n{tables[name]}\n", flush=True)
    if asked.json:
        machine = {"python": platform.python_version(), "machine": platform.machine(), "system": platform.system()}
        print(json.dumps(machine | {name: dataclasses.asdict(table) for name, table in tables.items()}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
