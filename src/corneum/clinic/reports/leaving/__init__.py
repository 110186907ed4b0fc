"""What leaves the record: copies of data that a person or the clinic takes along, and what is erased."""
