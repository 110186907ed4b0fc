import os

from hypothesis import settings

os.environ.setdefault("MPLBACKEND", "Agg")

settings.register_profile("corneum", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("corneum")
