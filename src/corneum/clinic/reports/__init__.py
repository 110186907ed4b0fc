"""What comes out of the record: the result of a course, the clinic's outcomes, copies of the data, and erasure."""
