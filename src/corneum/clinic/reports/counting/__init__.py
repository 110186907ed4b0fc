"""Outcomes of a year: counted from the records, with numbers of few people hidden before anything is kept."""
