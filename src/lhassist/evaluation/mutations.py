"""Sentences that are nearly true: does the guard before an answer stop them?

Each true sentence stands in an article. A mutation changes one thing in it: a digit, a rank, a
unit, a period, an entity, or which of two figures belongs where. What was true is also said in
other words that mean the same (the other script, other forms of its numbers); that must pass.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from lhassist import passages
from lhassist.evaluation.cases import AnswerSet
from lhassist.schema import Document, Published, Script
from lhassist.script import convert, fold

Verifier = Callable[[str, Sequence[tuple[str, Published | None]]], Sequence[object]]
"""What is measured: a sentence and its quotes with their dates, to what is wrong with it."""

MutationKind = Literal["digit", "rank", "unit", "period", "entity", "swap"]

_SEED = 20241001

_ENTITIES = (
    "漯河 许昌 周口 驻马店 平顶山",
    "源汇 郾城 召陵 临颍 舞阳",
    "双汇 卫龙",
    "许慎 万隆 乔迁 杨再兴 王兴国",
    "刘卫平 刘福平 万隆",
    "贾湖遗址 小商桥 许慎文化园",
    "生产总值 规模以上工业增加值 固定资产投资 工业投资 一般公共预算收入",
    "营业收入 利润",
    "常住人口 城镇人口 市区人口",
    "院士 科研团队 科研骨干",
    "史密斯菲尔德 罗特克斯 华懋集团",
    "市花 市树",
    "河南工业大学 郑州大学",
    "第七届 第十六届 第二十一届",
    "省级 市级 国家级",
    "龟甲 骨笛",
)
"""Things of the same sort, folded: one in the place of another makes a true sentence false."""

_UNITS = (
    ("平方公里", "平方米"),
    ("平方米", "平方公里"),
    ("公里", "米"),
    ("厘米", "米"),
    ("亿元", "万元"),
    ("万人次", "人次"),
    ("万头", "头"),
    ("万吨", "吨"),
    ("亩", "平方米"),
    ("亿", "万"),
    ("吨", "公斤"),
    ("港元", "美元"),
    ("万元", "亿元"),
)
_PERIODS = (
    ("今年", "去年"),
    ("去年", "前年"),
    ("上半年", "下半年"),
    ("全年", "上半年"),
    ("前年", "去年"),
    ("元代", "清代"),
    ("隋代", "唐代"),
    ("南北朝", "春秋"),
    ("隋开皇", "唐贞观"),
    ("明嘉靖", "明万历"),
    ("50年代", "70年代"),
)
_RANK = re.compile(
    "(?<=全省)第[一二三四五六七八九]|(?<=排)第[一二三四五六七八九](?!届)|第1位|第1(?=位)"
)
_OTHER_RANKS = "二四六七"
_FIGURE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d{2}(?=年)")
_MEASURED = re.compile(r"(?<![\d.])(?P<number>\d+(?:\.\d+)?)(?P<unit>%|[億亿萬万]?[一-鿿])")
_RANGE = re.compile("^[年月日米厘元港畝亩余餘多]*[到至-]")
_YEARS_AWAY = {"今年": 0, "去年": -1, "前年": -2}
_HAN = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Truth:
    """A sentence that its quote bears out.

    Attributes:
        text: What is said.
        quote: The words of the article.
        published: When the article appeared.
    """

    text: str
    quote: str
    script: Script
    published: Published | None
    document_id: str


@dataclass(frozen=True, slots=True)
class Mutation:
    """A sentence that its quote does not bear out, and the truth it was made of."""

    kind: MutationKind
    text: str
    truth: Truth


@dataclass(frozen=True, slots=True)
class MutationReport:
    """What a verifier stopped.

    Attributes:
        kinds: Each kind of mutation to how many there were and how many were blocked.
        truths: How many true sentences there were.
        missed: The mutations that passed.
        wronged: The true sentences that were blocked.
    """

    kinds: Mapping[str, tuple[int, int]]
    truths: int
    missed: tuple[Mutation, ...]
    wronged: tuple[Truth, ...]

    @property
    def blocked(self) -> float:
        """The share of the mutations that was blocked."""
        made = sum(count for count, _ in self.kinds.values())
        return sum(stopped for _, stopped in self.kinds.values()) / made if made else 1.0

    @property
    def true_blocked(self) -> float:
        """The share of the true sentences that was blocked."""
        return len(self.wronged) / self.truths if self.truths else 0.0

    def to_json(self) -> dict[str, object]:
        """The report as an object."""
        return {
            "blocked": round(self.blocked, 4),
            "true_blocked": round(self.true_blocked, 4),
            "truths": self.truths,
            "kinds": {
                kind: {"mutations": count, "blocked": stopped}
                for kind, (count, stopped) in self.kinds.items()
            },
            "missed": [{"kind": one.kind, "text": one.text} for one in self.missed],
            "wronged": [one.text for one in self.wronged],
        }


def measure_mutations(
    verify: Verifier, documents: Mapping[str, Document], cases: AnswerSet
) -> MutationReport:
    """Shows a verifier true and mutated sentences, and counts what it stops.

    Args:
        verify: Called with a sentence and its quotes; anything that it returns is a problem.
        documents: The articles, by id.
        cases: Whose evidence says which sentences of the articles answers are made of.
    """
    base = truths(documents, cases)
    said = [variant for truth in base for variant in variants(truth)]
    wronged = [one for one in said if verify(one.text, [(one.quote, one.published)])]
    counts: dict[str, tuple[int, int]] = {}
    missed = []
    for mutation in mutations(base):
        truth = mutation.truth
        stopped = bool(verify(mutation.text, [(truth.quote, truth.published)]))
        made, blocked = counts.get(mutation.kind, (0, 0))
        counts[mutation.kind] = (made + 1, blocked + stopped)
        if not stopped:
            missed.append(mutation)
    return MutationReport(counts, len(said), tuple(missed), tuple(wronged))


def truths(documents: Mapping[str, Document], cases: AnswerSet) -> tuple[Truth, ...]:
    """The sentences of the articles that hold the evidence of a case, each once."""
    wanted = {
        (one.document_id, one.quote)
        for evidence in (
            *(case.evidence for case in cases.questions),
            *(claim.evidence for case in cases.claims for claim in case.claims),
        )
        for one in evidence
    }
    found: dict[tuple[str, int], Truth] = {}
    for document_id, quote in sorted(wanted):
        document = documents[document_id]
        start = document.text.index(quote)
        for span in passages.sentences(document.text):
            if span.start < start + len(quote) and start < span.end:
                text = document.text[span.start : span.end].strip()
                found[document_id, span.start] = Truth(
                    text, text, document.script, document.published, document_id
                )
    return tuple(found[place] for place in sorted(found))


def variants(truth: Truth) -> Iterator[Truth]:
    """The truth itself, in the other script, with numbers in other forms, with its dates told."""
    other: Script = "zh-Hant" if truth.script == "zh-Hans" else "zh-Hans"
    texts = (
        truth.text,
        convert(truth.text, other, truth.script),
        _FIGURE.sub(lambda match: match[0].translate(_FULL_WIDTH), truth.text),
        re.sub(r"(?<![\d.])(\d{1,2}(?:\.\d+)?)%", _in_han, truth.text),
        re.sub(r"(?<![\d.,])(\d)(\d{3})(?=[家件名头頭噸吨亿億萬万元])", r"\1,\2", truth.text),
        _dated(truth),
    )
    for text in dict.fromkeys(texts):
        yield Truth(text, truth.quote, truth.script, truth.published, truth.document_id)


def mutations(base: Iterable[Truth], seed: int = _SEED) -> Iterator[Mutation]:
    """At most one mutation of each kind for each truth, the same ones for the same seed."""
    chance = random.Random(seed)
    makers: tuple[tuple[MutationKind, Callable[[Truth, random.Random], list[str]]], ...] = (
        ("digit", _digits),
        ("rank", _ranks),
        ("unit", _units),
        ("period", _periods),
        ("entity", _entities),
        ("swap", _swaps),
    )
    for truth in base:
        for kind, make in makers:
            texts = sorted(set(make(truth, chance)) - {truth.text})
            if texts:
                yield Mutation(kind, chance.choice(texts), truth)


def _digits(truth: Truth, chance: random.Random) -> list[str]:
    """One digit changed, to a number that the quote does not have."""
    held = set(_FIGURE.findall(truth.quote))
    made = []
    for match in _FIGURE.finditer(truth.text):
        places = [i for i, c in enumerate(match[0]) if c.isdigit()]
        place = chance.choice(places)
        digit = chance.choice([c for c in "123456789" if c != match[0][place]])
        number = match[0][:place] + digit + match[0][place + 1 :]
        if number not in held:
            made.append(_put(truth.text, match.start(), match.end(), number))
    return made


def _ranks(truth: Truth, chance: random.Random) -> list[str]:
    return [
        _put(truth.text, match.start(), match.end(), "第" + chance.choice(_OTHER_RANKS))
        for match in _RANK.finditer(fold(truth.text))
    ]


def _units(truth: Truth, chance: random.Random) -> list[str]:
    del chance
    return [text for unit, other in _UNITS for text in _replaced(truth, rf"(?<=\d){unit}", other)]


def _periods(truth: Truth, chance: random.Random) -> list[str]:
    made = [
        text
        for period, other in _PERIODS
        if other not in fold(truth.quote)
        for text in _replaced(truth, re.escape(period) + "(?!同期)", other)
    ]
    for match in _YEAR.finditer(truth.text):
        year = str(int(match[0]) + chance.choice((-2, -1, 1, 2)))
        if year not in truth.quote:
            made.append(_put(truth.text, match.start(), match.end(), year))
    return made


def _entities(truth: Truth, chance: random.Random) -> list[str]:
    folded = fold(truth.text)
    made = []
    for group in _ENTITIES:
        names = group.split()
        others = [name for name in names if name not in folded]
        for name in names:
            if name in folded and others:
                made += _replaced(truth, re.escape(name), chance.choice(others))
    return made


def _swaps(truth: Truth, chance: random.Random) -> list[str]:
    """Two neighbouring figures of one unit, each in the other's place; not the ends of a range."""
    del chance
    by_unit: dict[str, list[re.Match[str]]] = {}
    for match in _MEASURED.finditer(truth.text):
        by_unit.setdefault(fold(match["unit"]), []).append(match)
    made = []
    for found in by_unit.values():
        for one, other in pairwise(found):
            between = truth.text[one.end("number") : other.start()]
            if one["number"] != other["number"] and not _RANGE.search(between):
                text = _put(truth.text, *other.span("number"), one["number"])
                made.append(_put(text, *one.span("number"), other["number"]))
    return made


def _replaced(truth: Truth, pattern: str, other: str) -> list[str]:
    """The text with the first match of a folded pattern replaced, in the text's own script."""
    # Folding keeps the length, so places in the folded text are places in the text.
    match = re.search(pattern, fold(truth.text))
    if match is None:
        return []
    return [_put(truth.text, match.start(), match.end(), convert(other, truth.script, "zh-Hans"))]


def _put(text: str, start: int, end: int, other: str) -> str:
    return text[:start] + other + text[end:]


_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


def _dated(truth: Truth) -> str:
    """今年上半年 with what it means in its article: 今年上半年（2024年1–6月）."""
    if truth.published is None:
        return truth.text
    year = truth.published.year

    def told(match: re.Match[str]) -> str:
        half = "1–6月" if match[2] else ""
        return f"{match[0]}（{year + _YEARS_AWAY[match[1]]}年{half}）"

    return re.sub("(今年|去年|前年)(上半年)?(?!同期)", told, truth.text)


def _in_han(match: re.Match[str]) -> str:
    """7.8% as 百分之七点八."""
    whole, _, decimals = match[1].partition(".")
    tens, ones = divmod(int(whole), 10)
    text = ("" if tens < 2 else _HAN[tens]) + "十" * bool(tens)
    text += _HAN[ones] if ones or not tens else ""
    return f"百分之{text}" + (f"点{''.join(_HAN[int(d)] for d in decimals)}" if decimals else "")
