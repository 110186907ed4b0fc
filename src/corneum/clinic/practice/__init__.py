"""The clinic itself: its name, how it is reached, when it is open and in which time zone."""
