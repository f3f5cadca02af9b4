"""Money is whole satang; baht exist only as text."""

import re

from takhai.thai.text import ascii_digits, visible

# What a bigint column holds.
MOST_SATANG = 2**63 - 1
_BAHT = re.compile(r"([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]{1,2}))?")
_LONGEST = 32
_DIGITS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")


class BadAmount(ValueError):
    """The text is no amount of baht that can be paid."""


def baht(satang: int) -> str:
    """174_000 satang is "1,740.00"; a negative amount carries a leading minus."""
    sign = "-" if satang < 0 else ""
    whole, rest = divmod(abs(satang), 100)
    return f"{sign}{whole:,}.{rest:02d}"


def parse_baht(text: str) -> int:
    """Satang of a text such as "1,740.00" or "1740.5".

    BadAmount for more than two decimals, signs, exponents, NaN, misplaced commas and whatever
    exceeds MOST_SATANG.
    """
    if len(text) > _LONGEST:
        raise BadAmount("too long for an amount")
    found = _BAHT.fullmatch(ascii_digits(visible(text)).strip())
    if found is None:
        raise BadAmount("not an amount of baht with at most two decimals")
    satang = int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))
    if satang > MOST_SATANG:
        raise BadAmount("more than can be booked")
    return satang


def baht_text(satang: int) -> str:
    """The amount in Thai words, as cheques and receipts need it; ValueError below 0."""
    if satang < 0:
        raise ValueError("an amount in words is not negative")
    whole, rest = divmod(satang, 100)
    tail = f"{_words(rest)}สตางค์" if rest else "ถ้วน"
    if rest and not whole:
        return tail
    return f"{_words(whole)}บาท{tail}"


def _words(number: int) -> str:
    if number == 0:
        return "ศูนย์"
    millions, below = divmod(number, 1_000_000)
    head = f"{_words(millions)}ล้าน" if millions else ""
    return head + _below_million(below, follows=bool(millions))


def _below_million(number: int, *, follows: bool) -> str:
    parts: list[str] = []
    for place in range(5, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            continue
        if place == 1 and digit <= 2:
            parts.append("สิบ" if digit == 1 else "ยี่สิบ")
        elif place == 0 and digit == 1 and (parts or follows):
            parts.append("เอ็ด")
        else:
            parts.append(_DIGITS[digit] + _PLACES[place])
    return "".join(parts)
