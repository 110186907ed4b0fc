"""Names of people, as short as a title or a calendar elsewhere may say them."""


def initials(name: str) -> str:
    """Return the first letters of a name.

    Examples
    --------
    >>> initials("Zoë  von der Größe-Maier")
    'Z. G.'
    """
    parts = name.split()
    kept = [parts[0], parts[-1]] if len(parts) > 1 else parts
    return " ".join(f"{part[0].upper()}." for part in kept)
