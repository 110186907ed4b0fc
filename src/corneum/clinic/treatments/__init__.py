"""The day of treatment, tap by tap, sealed at its end; and what comes after: care, reactions, the review."""
