"""Numbers that nobody has twice: each comes from a running number of its province."""

from takhai.thai.identifiers import NumberForm, check_digit, read_number

# Coprime to ten, so that the running numbers 0 to 9,999,999 give as many different endings.
_STEP = 7_654_321
_ENDINGS = 10_000_000
# First digits and how often of a hundred; "0" is dealt apart.
_KINDS = "1" * 91 + "2" * 4 + "5" + "6" + "7" * 2 + "8"


def citizen(province: str, serial: int, seed: int, *, zero: bool = False) -> str:
    """A 13-digit number with a right check digit. Registry offices 70 to 79 are the country's own."""
    ending = (serial * _STEP + seed * 1_234_567) % _ENDINGS
    first = "0" if zero else _KINDS[ending % 100]
    twelve = f"{first}{province}7{serial % 10}{ending:07d}"
    return f"{twelve}{check_digit(twelve)}"


def gcode(province: str, serial: int, year: int) -> str:
    """G, two digits of the Buddhist year, the province, a running number of eight digits."""
    return f"G{year % 100:02d}{province}{serial:08d}"


def wrong_check(number: str, by: int) -> str:
    """The number with another last digit (`by` from 0)."""
    return f"{number[:12]}{(int(number[12]) + 1 + by % 9) % 10}"


def malformed(number: str, by: int) -> str:
    """A text that no reading can take for a number of a person."""
    if number.startswith("G"):
        return number[:-2]
    shapes = (number[:11], number[:6] + "X" + number[7:], number[:12], number + "1")
    text = shapes[by % len(shapes)]
    # Twelve digits are a lost zero when the check digit fits by chance.
    return text if read_number(text).form is NumberForm.MALFORMED else shapes[0]
