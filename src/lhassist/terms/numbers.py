"""The figures in a text, in one form: 百分之七点八 is 7.8%, 两千四百亿 is 2,400亿 is 240000000000.

Only true quantities count. 一方面, 三农 and 五里庙 hold numerals and no figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "亿": 10**8}

_HAN = "[〇零一二三四五六七八九十百千万亿两]"
_FIGURE = re.compile(
    rf"""
    (?P<ordinal>第)?
    (?:(?P<parts>{_HAN}+|\d+)分之)?
    (?:
        (?<![a-z\d./])(?P<fraction>\d{{1,3}}/\d{{1,3}})(?![\d/])
      | (?<![a-z\d.])(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?P<decimals>\.\d+)?
        (?P<percent>[%‰])?(?P<scale>[十百千万亿]*)
      | (?P<han>{_HAN}+(?:点[〇零一二三四五六七八九]+)?)
    )
    """,
    re.VERBOSE,
)
_MEASURE = re.compile("[个项家名位年月日号次届倍条座所件种只岁天周亩元吨米公层台辆户区县市]")
_SHARES = {"百": "%", "千": "‰", "100": "%", "1000": "‰"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and where it stands.

    Attributes:
        start: In the analysed text; so is `end`.
        forms: What it can be met by, the fullest first: `2400亿` has 240000000000 and 2400.
        in_han: Whether it is written in Chinese numerals.
    """

    start: int
    end: int
    forms: tuple[str, ...]
    in_han: bool


def figures(text: str) -> Iterator[Figure]:
    """Finds the figures of a text that is folded, NFKC and lower case already."""
    for match in _FIGURE.finditer(text):
        forms = _han_forms(match, text) if match["han"] else _digit_forms(match)
        if forms:
            # A form may come twice, as the 5 of 5.
            yield Figure(*match.span(), tuple(dict.fromkeys(forms)), in_han=bool(match["han"]))


def in_digits(text: str) -> str:
    """A text with every figure in its fullest form, to be compared: 百分之七点八 as 7.8%.

    Args:
        text: As of `figures`.
    """
    parts, done = [], 0
    for figure in figures(text):
        parts += [text[done : figure.start], figure.forms[0]]
        done = figure.end
    return "".join(parts) + text[done:]


def _digit_forms(match: re.Match[str]) -> list[str]:
    if match["fraction"]:
        return [match["fraction"]]
    digits, decimals = match["digits"].replace(",", ""), match["decimals"] or ""
    if decimals or len(digits) <= 2 or not digits.startswith("0"):
        number = _plain(Decimal(digits + decimals))
    else:
        number = digits  # An area code, not a quantity: 0395.
    scale = 1
    for c in match["scale"]:
        scale *= (_TENS | _SCALES)[c]
    full = [_plain(Decimal(number) * scale)] if scale > 1 else []
    return full + _framed(match, number, match["percent"] or "")


def _han_forms(match: re.Match[str], text: str) -> list[str]:
    value = han_value(match["han"])
    if value is None:
        return []
    framed = match["ordinal"] or match["parts"]
    alone = len(match["han"]) == 1 and not framed
    if alone and not _MEASURE.match(text, match.end()):
        return []
    # 一个 is an article and 百家 a figure of speech; 一月 is a figure.
    if alone and (value == 100 or (value == 1 and text[match.end()] not in "月日号")):
        return []
    forms = _framed(match, _plain(value), "")
    mantissa = match["han"].rstrip("万亿")
    if mantissa != match["han"] and not set(mantissa) & set(_SCALES):
        short = han_value(mantissa)
        forms += [] if short is None else [_plain(short)]
    return forms


def _framed(match: re.Match[str], number: str, percent: str) -> list[str]:
    """The forms of a number with what stands before and behind it."""
    if parts := match["parts"]:
        if sign := _SHARES.get(parts):
            return [number + sign, number]
        whole = Decimal(parts) if parts.isdecimal() else han_value(parts)
        return [] if whole is None else [f"{number}/{_plain(whole)}"]
    if match["ordinal"]:
        return ["第" + number, number]
    return [number + percent, number]


def han_value(numeral: str) -> Decimal | None:
    """Reads a Chinese numeral; None where it is not a well-formed one.

    三四 is 3 or 4 and not well-formed, nor is 千万, which mostly means "by all means"; 百 is, for
    the sake of 百分之百.
    """
    whole, _, fraction = numeral.partition("点")
    if whole == "百" and not fraction:
        return Decimal(100)
    if all(c in _DIGITS for c in whole):
        if 1 < len(whole) < 4 and not set(whole) & {"〇", "零"}:
            return None
        value = int("".join(str(_DIGITS[c]) for c in whole))
    else:
        read = _structured(whole)
        if read is None:
            return None
        value = read
    decimals = "".join(str(_DIGITS[c]) for c in fraction)
    return Decimal(f"{value}.{decimals}") if decimals else Decimal(value)


def _structured(numeral: str) -> int | None:
    """Reads 两千四百亿: sections up to 千, each followed by 万 or 亿 or nothing."""
    if numeral[0] in "百千万亿零〇":
        return None
    total = section = 0
    digit: int | None = None
    below = 10**4
    for i, c in enumerate(numeral):
        if c in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[c]
        elif c in _TENS:
            if _TENS[c] >= below or (digit is None and not (c == "十" and section == 0)):
                return None
            section += (1 if digit is None else digit) * _TENS[c]
            below, digit = _TENS[c], None
        else:
            section += digit or 0
            if section == 0 and i and numeral[i - 1] != "万":
                return None
            total = (total + section) * _SCALES[c] if c == "亿" else total + section * _SCALES[c]
            section, digit, below = 0, None, 10**4
    return total + section + (digit or 0)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
