"""The error of every index: from a clinic's own repeated captures where they exist, else from shipped simulation."""

from corneum.imaging.repeatability.components import Agreement, Components, TooFewReadings, agreement, components
from corneum.imaging.repeatability.error import Error, error_of
from corneum.imaging.repeatability.study import Reading, Study, StudyRow, make_study
from corneum.imaging.repeatability.study_file import (
    StudyFileError,
    parse_study,
    read_study,
    study_text,
    write_study,
)

__all__ = [
    "Agreement",
    "Components",
    "Error",
    "Reading",
    "Study",
    "StudyFileError",
    "StudyRow",
    "TooFewReadings",
    "agreement",
    "components",
    "error_of",
    "make_study",
    "parse_study",
    "read_study",
    "study_text",
    "write_study",
]
