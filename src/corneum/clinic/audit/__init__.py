"""What happened, who did it, and to whose record: written in the same transaction, never changed."""
