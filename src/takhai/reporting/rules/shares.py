"""Shares and means in hundredths, rounded half up; 0 of nothing is 0."""


def mean(total: int, number: int, /) -> int:
    """Hundredths of the mean."""
    return (200 * total + number) // (2 * number) if number else 0


def share(part: int, whole: int, /) -> int:
    """Hundredths of a percent."""
    return mean(100 * part, whole)
