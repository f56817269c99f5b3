"""Figures as they are said: 7.8% is 百分之七点八, 2024年 is 二零二四年, 3–5月 is 三至五月.

What is no Chinese character is put into some, so that any text can be said by a voice of Mandarin;
Latin letters stay, to be spelled out. All functions take folded (Simplified) text.
"""

from __future__ import annotations

import re
import unicodedata

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿", "亿亿")
_MOST_DIGITS = 16
_CODE_DIGITS = 7
"""A number of as many digits without commas is a code or a telephone's, said digit by digit."""

_UNITS = {
    "km²": "平方公里", "km2": "平方公里", "m²": "平方米", "m2": "平方米", "㎡": "平方米",
    "m³": "立方米", "m3": "立方米", "℃": "摄氏度", "°C": "摄氏度", "km": "公里", "cm": "厘米",
    "mm": "毫米", "kg": "公斤", "m": "米", "g": "克", "t": "吨",
}  # fmt: skip
_SHARES = {"%": "百", "‰": "千"}
_UNIT = "|".join(map(re.escape, _UNITS))
_COUNTED = "个位家项座条名件所种次届亩吨米公层台辆户镇天周倍岁人元块部支根只张幅篇处级轮队场"

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_SIGNED = rf"(?:(?<![\d.])[-－−])?{_NUMBER}"
_DATE = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-4])[:：]([0-5]\d)(?!\d)")
_PHONE = re.compile(r"(?<!\d)(0\d{2,3})-(\d{7,8})(?!\d)")
_RANGE = re.compile(r"(?<=[\d%‰年月日时])\s*[-–—－～~]\s*(?=\d)")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?=年(?!间)|至\d{4}年)")
_FRACTION = re.compile(r"(?<![\d/.])(\d{1,3})/(\d{1,3})(?![\d/])")
_SHARE = re.compile(rf"(?:(?<![\d.])([-－−]))?({_NUMBER})\s*([%‰])")
_MEASURED = re.compile(rf"({_SIGNED})\s*({_UNIT})(?![A-Za-z])")
_CODE = re.compile(rf"(?<![\d.,])(0\d+|\d{{{_CODE_DIGITS},}})(?![\d.,%]|万|亿|[{_COUNTED}])")
_PAIR = re.compile(rf"(?<![\d.第])2(?=[{_COUNTED}])(?!元)")
_PLAIN = re.compile(_SIGNED)


def in_words(text: str) -> str:
    """A text with its figures, dates and units in characters, as one reads them out."""
    text = unicodedata.normalize("NFKC", text) if re.search(r"[０-９％]", text) else text
    text = _DATE.sub(lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日", text)
    text = _CLOCK.sub(lambda m: f"{int(m[1])}点{_minutes(m[2])}", text)
    text = _PHONE.sub(lambda m: f"{by_digit(m[1])}，{by_digit(m[2])}", text)
    text = _RANGE.sub("至", text)
    text = _YEAR.sub(lambda m: by_digit(m[1]), text)
    text = _FRACTION.sub(lambda m: f"{cardinal(m[2])}分之{cardinal(m[1])}", text)
    text = _SHARE.sub(lambda m: f"{'负' if m[1] else ''}{_SHARES[m[3]]}分之{_said(m[2])}", text)
    text = _MEASURED.sub(lambda m: _said(m[1]) + _UNITS[m[2]], text)
    text = _CODE.sub(lambda m: by_digit(m[1]), text)
    text = _PAIR.sub("两", text)
    return _PLAIN.sub(lambda m: _said(m[0]), text)


def by_digit(digits: str) -> str:
    """A year or a code: 2024 is 二零二四."""
    return "".join(_DIGITS[int(digit)] for digit in digits)


def cardinal(digits: str) -> str:
    """A whole number: 10500 is 一万零五百. One of more than 16 digits is said digit by digit."""
    digits = digits.lstrip("0") or "0"
    if len(digits) > _MOST_DIGITS:
        return by_digit(digits)
    groups = [digits[max(0, end - 4) : end] for end in range(len(digits), 0, -4)]
    said = ""
    for number in reversed(range(len(groups))):
        group = groups[number]
        if not int(group):
            continue
        if said and (int(group) < 1000 or not int(groups[number + 1])):
            said += "零"
        said += _thousands(group) + _GROUPS[number]
    said = said or "零"
    return said[1:] if said.startswith("一十") else said


def _thousands(group: str) -> str:
    """1 to 9999, in digits."""
    said, gap = "", False
    for place, digit in zip(range(len(group) - 1, -1, -1), group, strict=True):
        if digit == "0":
            gap = bool(said)
            continue
        said += ("零" if gap else "") + _DIGITS[int(digit)] + _PLACES[place]
        gap = False
    return said


def _said(number: str) -> str:
    """A number with a sign, commas and decimals, any of which may be missing."""
    sign = "负" if number[0] in "-－−" else ""
    whole, _, decimals = number.lstrip("-－−").replace(",", "").partition(".")
    return sign + cardinal(whole) + (f"点{by_digit(decimals)}" if decimals else "")


def _minutes(digits: str) -> str:
    if digits == "00":
        return "整"
    return ("零" if digits[0] == "0" else "") + cardinal(digits) + "分"
