"""Days in German."""

WEEKDAY_FORMAT = "D, j. M Y"
COLUMN_FORMAT = "D j."
