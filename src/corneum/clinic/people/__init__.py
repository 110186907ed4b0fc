"""The clients' records, and finding them."""
