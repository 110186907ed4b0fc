"""The refusal of a pair that cannot be aligned well enough to be measured."""

from corneum.imaging.photo import PhotoRefused


class AlignmentRefused(PhotoRefused):
    """A pair is not measured; the message says why and what to do."""
