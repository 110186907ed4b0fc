"""The clinic: the whole appointment in the browser, on the core of the rooms below."""
