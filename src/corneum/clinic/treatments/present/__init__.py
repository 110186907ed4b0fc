"""A session, its record, and what comes after it, as pages show them."""
