"""``python -m corneum`` is the same as ``corneum``."""

from corneum.cli import main

main()
