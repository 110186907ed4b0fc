import os

from hypothesis import settings

os.environ.setdefault("MPLBACKEND", "Agg")

settings.register_profile("corneum", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("corneum")

FIRST = ("test_axe", "test_without_javascript", "test_nine_ways", "test_nine_ways_postgresql", "test_killed")
"""Files that take minutes, the longest first: begun last, they would be waited for by all other processes."""


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: FIRST.index(item.path.stem) if item.path.stem in FIRST else len(FIRST))


def pytest_xdist_auto_num_workers():
    """Half as many processes again as there are cores: those with a browser wait most of the time."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(2, cores * 3 // 2)
