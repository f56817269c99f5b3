"""Follow-ups as questions that stand alone: 那规上工业呢？ after a question on the GDP.

Rules over the question before: its names, its period, the thing that it asks of. All of it happens
on folded text, so both scripts of a conversation are understood alike. A question that names what
it is about is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lhassist.answer.question import Reader
from lhassist.answer.question.bare import on_the_whole
from lhassist.answer.question.kinds import ASKING, kind_of
from lhassist.gazetteer import Kind
from lhassist.schema import Answer, Turn
from lhassist.script import detect, fold

REMEMBERED = 6
"""Turns: what is further back is not what 它 means."""

_ENDING = re.compile(r"[\s？?。！!，,]*$")
_LEADING = re.compile(r"^\s*(?:那么|那(?![里儿边个座家位些年时次一])|还有|另外|然后)[，,\s]*")
_ONLY_NAMED = re.compile(r"^(?P<what>[^？?。！!；;]+?)(?:又|的话)?呢$|^(?P<bare>[^？?]+?)如何$")
_COMPARED = re.compile(
    r"^(?:(?:和|跟|与|同|比起?|相比于?)(?P<a>.+?)(?:相?比较?|比起来|对比)|比起?(?P<b>.+))$"
)
_YEAR_WORD = r"今年|本年|去年|上年|前年|大前年|明年"
_PERIOD = re.compile(
    rf"(?P<year>(?:19|20)\d\d年|{_YEAR_WORD})?的?"
    r"(?P<part>同期|全年|上半年|下半年|前三季度|第?[一二三四]季度|\d{1,2}月份?)?"
)
_SHIFT = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "大前年": -3, "明年": 1}
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+(?P<unit>[届批次期轮])")
_WORK = re.compile("《[^《》]+》")
_PRONOUN = re.compile(
    r"(?P<thing>它们?)|(?P<person>(?<![其吉])[他她]们?)|(?P<place>那里|那儿|那边)"
    r"|(?:这|那|该)(?:[座家位部本条项届支个])?"
    r"(?P<kind>公司|企业|品牌|博物馆|遗址|实验室|热线|作者|桥|书|人(?![们口]))(?=的?[是有在叫建写])"
)
_PLACES: frozenset[Kind] = frozenset(("place", "site", "institution"))
_BEGINS_WITHOUT_SUBJECT = re.compile(
    r"^(?:是?[用由]|[在排被从按]|谁|哪[年天里一个]|何时|什么时[候间]|多少|有(?:多少|几|哪|什么|没有)|是(?:谁|哪|几|多少|什么|怎么)"
    r"|怎么(?=[一-鿿]{2,4}$)|有?多[大高长宽重远深久快厚]|为什么|为何|增长|增加|上升|下降|减少|一共|总共|居|占(?:全|多少)|位列|同比|比上年)"
)
_MEASURING = re.compile(
    "增速|增幅|增长率|增长|涨幅|总量|总额|占比|比重|位次|排名|名次|金额|数量|人数"
)
_ATTRIBUTE = (
    r"增速|增幅|涨幅|总量|总额|总?金额|占比|比重|数量|[总人]?人[数口]|门票|票价|[售股]?价格?|总?面积|长度|高度"
    r"|宽度|规模|年龄|利润|营业?收入?|产[值量]|销[量售]额?|投资额?"
)
_BARE_ATTRIBUTE = re.compile(rf"^(?:{_ATTRIBUTE})(?:又|各|分别)?(?:是|有|为|要)?(?:多|几|怎么样)")
_ENDS_IN_ATTRIBUTE = re.compile(rf"(?:{_ATTRIBUTE})$")
_IS_IT_SO = re.compile(
    "^(?:也|都|就|算)?(?:是|有|属于|算)[^，,。]{1,8}[吗么]$|^(?:是不是|有没有)[^，,。]{1,8}$"
)
_ASKS_CHANGE = re.compile("(?:同比|环比|比上年|增长|增加|上升|下降|减少)")
_AGAINST_BEFORE = ("同比", "环比")
_NAMES_SOMETHING = re.compile(r"[A-Za-z\d“”「」《》]")
_WHOLES = frozenset(("全省", "全国", "全市", "全县", "全球", "世界", "省", "国家"))
_LONGEST_THING = 16
_ASKS_RANK = re.compile("第几|排名|位次|名次|排多少")


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a question: a `name`, `noun`, `period`, `asking` or `other`.

    A name is guessed where the dictionary has it, and not the gazetteer.
    """

    start: int
    end: int
    text: str
    says: str
    kind: Kind | None = None
    is_guessed: bool = False


def told(question: str, understood_as: str, said: str) -> Turn:
    """A turn of which only the texts are known, as a browser or another program tells it.

    Args:
        question: As it was asked.
        understood_as: As a question that stands alone; the same where it does.
        said: What was answered.
    """
    script = detect(question) or "zh-Hans"
    answer = Answer(question, "answered", script, said, (), (), (), "", ())
    return Turn(question, understood_as, answer)


def standing_alone(question: str, history: Sequence[Turn], reader: Reader) -> str | None:
    """A follow-up as a question that stands alone, folded; None where the question does already.

    Args:
        question: As asked, in either script.
        history: What was asked before, oldest first.
        reader: Knows the collection's names.
    """
    if not history:
        return None
    last = history[-REMEMBERED:]
    asked = [turn.understood_as for turn in last]
    said = [turn.answer.text for turn in last]
    return _Conversation(asked, said, reader).completed(fold(question).strip())


def going_on(question: str, before: str, reader: Reader) -> str:
    """What one clause of a question asks, with what it leaves out after the one before it.

    门票多少钱 after 许慎文化园占地多少亩 is 许慎文化园门票多少钱. All texts are folded.
    """
    conversation = _Conversation([before], [""], reader)
    return conversation.completed(question) or conversation.with_name(question)


class _Conversation:
    """What was asked before, and what of it a question may leave out."""

    def __init__(self, asked: Sequence[str], said: Sequence[str], reader: Reader) -> None:
        self._reader = reader
        self._asked = [fold(text) for text in asked]
        self._said = [fold(text) for text in said]
        self._last = _ENDING.sub("", self._asked[-1])
        self._parts = self._parts_of(self._last)

    def completed(self, question: str) -> str | None:
        """The question with what it leaves out; None where it leaves nothing out."""
        whole = on_the_whole(question, self._last, self._said[-1], self._subject())
        if whole is not None:
            return whole
        body = _LEADING.sub("", _ENDING.sub("", question))
        named = _ONLY_NAMED.match(body)
        if named is not None:
            what = named["what"] or named["bare"]
            if not ASKING.search(what) and len(what) <= _LONGEST_THING:
                return self._with(what)
        if self._names_nothing_before_pronoun(body):
            return self._with_antecedent(body)
        if self._lacks_subject(body):
            return self._with_subject(body)
        return None

    def with_name(self, question: str) -> str:
        """The question with the name that the one before it is about, if it names none itself."""
        if any(part.says == "name" for part in self._parts_of(question)):
            return question
        return f"{self._subject()}{question}"

    # What 呢 is asked of

    def _with(self, what: str) -> str | None:
        compared = _COMPARED.match(what)
        other = (compared["a"] or compared["b"]) if compared else what
        period = _PERIOD.fullmatch(other)
        if period is not None:
            return self._in_period(period, counted_from_last=compared is not None)
        ordinal = _ORDINAL.fullmatch(other)
        if ordinal is not None:
            same = re.compile(_ORDINAL.pattern.replace("[届批次期轮]", ordinal["unit"]))
            return _asked(same.sub(other, self._last, 1)) if same.search(self._last) else None
        kind = self._kind_of_name(other)
        if kind is not None:
            return self._about(other, kind)
        return self._of(other)

    def _in_period(self, period: re.Match[str], *, counted_from_last: bool) -> str:
        """The last question about another period. What is not said of it stays as it was."""
        old = next((m for m in _PERIOD.finditer(self._last) if m[0].strip("的")), None)
        year, part = period["year"] or "", period["part"] or ""
        old_year, old_part = (old["year"] or "", old["part"] or "") if old else ("", "")
        is_of_last = counted_from_last or part == "同期"
        if is_of_last and year in _SHIFT and old_year[:4].isdigit():
            year = f"{int(old_year[:4]) + _SHIFT[year]}年"
        new = (year or old_year) + (old_part if part in ("", "同期") else part)
        if old is None:
            return _asked(new + self._last)
        return _asked(self._last[: old.start()] + new + self._last[old.end() :])

    def _about(self, name: str, kind: Kind) -> str:
        """The last question about another place, person or firm."""
        names = [part for part in self._parts if part.says == "name"]
        same = [part for part in names if part.kind == kind] or names
        if not same:
            return self._of(name)
        return _asked(self._last[: same[0].start] + name + self._last[same[0].end :])

    def _of(self, thing: str) -> str:
        """The last question, asked of another thing: 利润 for 营收, 市树 for 市花."""
        thing = thing.removeprefix("的")
        run = self._thing_asked()
        if run is None:
            subject = self._subject()
            return self._of_what_measures(subject, thing)
        start, end = run
        if thing in _AGAINST_BEFORE:
            return _asked(_before_asking(self._last[:end]) + thing + "增长多少")
        if _MEASURING.fullmatch(thing):
            return _asked(_before_asking(self._last[:end]) + thing + "是多少")
        if _ENDS_IN_ATTRIBUTE.search(thing) and self._is_counted(start):
            return _asked(self._period() + self._subject() + thing + "是多少")
        measured = _MEASURING.search(self._last, start, end)
        if measured and measured.start() > start and measured.end() == end:
            end = measured.start()
        return _asked(self._last[:start] + thing + self._last[end:])

    def _of_what_measures(self, subject: str, thing: str) -> str:
        """卫龙2024年营收多少, of 利润: where no noun is asked for, its period and question stay."""
        asking = next((part.text for part in self._parts if part.says == "asking"), "")
        if subject and asking and kind_of(self._last) == "number":
            return _asked(self._period() + subject + thing + asking)
        return _asked(f"{subject}的{thing}" if subject else thing)

    def _thing_asked(self) -> tuple[int, int] | None:
        """Where the last question says what its answer is of: after 多少个, else before 是多少."""
        asking = [part for part in self._parts if part.says == "asking"]
        starts, ends = {part.start for part in asking}, {part.end for part in asking}
        runs: list[tuple[int, int]] = []
        for part in self._parts:
            # The dictionary takes some nouns for verbs: 营收 in 的营收是多少, 县 in 哪几个县.
            before = self._last[: part.start]
            stands_as_noun = (part.start in ends and before.endswith("个")) or (
                part.end in starts and before.endswith("的")
            )
            is_noun = part.says == "noun" and part.text not in _WHOLES
            if not is_noun and not (part.says == "other" and stands_as_noun):
                continue
            if runs and runs[-1][1] == part.start:
                runs[-1] = (runs[-1][0], part.end)
            else:
                runs.append((part.start, part.end))
        after = [run for run in runs if run[0] in ends]
        return after[0] if after else runs[-1] if runs else None

    # 它 and what is not said at all

    def _names_nothing_before_pronoun(self, body: str) -> bool:
        pronoun = _PRONOUN.search(body)
        if pronoun is None:
            return False
        before = body[: pronoun.start()]
        # 娃学语文，带他去哪里：whoever is spoken of may have no name.
        if pronoun["person"] and re.search("[，,、]", before):
            return False
        return all(part.says != "name" for part in self._parts_of(before))

    def _with_antecedent(self, body: str) -> str | None:
        pronoun = _PRONOUN.search(body)
        if pronoun is None:
            return None
        antecedent = self._antecedent(pronoun)
        if not antecedent:
            return None
        return _asked(body[: pronoun.start()] + antecedent + body[pronoun.end() :])

    def _antecedent(self, pronoun: re.Match[str]) -> str:
        if pronoun["thing"] == "它们" and (counted := self._counted()):
            return counted
        is_person = pronoun["person"] or pronoun["kind"] in ("作者", "人")
        for asked, said in zip(reversed(self._asked), reversed(self._said), strict=True):
            for text in (asked, said) if is_person or pronoun["place"] else (asked,):
                names = [part for part in self._parts_of(text) if part.says == "name"]
                if is_person:
                    names = [part for part in names if part.kind == "person"]
                elif pronoun["place"]:
                    names = [part for part in names if part.kind in _PLACES]
                if names:
                    return _chief(names)
        return "" if is_person else self._subject()

    def _counted(self) -> str:
        """What the last question counts, with its name: 贾湖骨笛 of 贾湖出土了多少支骨笛."""
        run = self._thing_asked()
        if run is None or not self._is_counted(run[0]):
            return ""
        return f"{self._subject()}{self._last[run[0] : run[1]]}"

    def _lacks_subject(self, body: str) -> bool:
        """Whether a question begins with its verb or asks for an attribute: 金额是多少."""
        parts = self._parts_of(body)
        asking = {part.end for part in parts if part.says == "asking"}
        # 什么时候上市: the dictionary takes 上市 for a place.
        says = [part.says for part in parts if not part.is_guessed or part.start not in asking]
        if "name" in says or "period" in says or _NAMES_SOMETHING.search(body):
            return False
        if _BARE_ATTRIBUTE.match(body) or _IS_IT_SO.match(body):
            return True
        # 什么骨头 and 哪个县 name nothing, they ask.
        nouns = [part for part in parts if part.says == "noun" and part.start not in asking]
        is_bare = all(noun.text in (*_WHOLES, *_AGAINST_BEFORE) for noun in nouns)
        return is_bare and _BEGINS_WITHOUT_SUBJECT.match(body) is not None

    def _with_subject(self, body: str) -> str | None:
        if _ASKS_RANK.search(body) or _ASKS_CHANGE.match(body):
            return _asked(_before_asking(self._last) + body)
        subject = self._subject()
        if not subject:
            return None
        period = self._period() if kind_of(body) == "number" else ""
        return _asked(period + subject + body)

    def _period(self) -> str:
        return next((part.text for part in self._parts if part.says == "period"), "")

    def _is_counted(self, start: int) -> bool:
        """Whether the thing there is counted, as 项目 in 多少个项目: a sum is not."""
        return any(part.says == "asking" and part.end == start for part in self._parts)

    def _subject(self) -> str:
        """What the last question is about: a name, the one asked for if there is, else a noun."""
        asking = [part.end for part in self._parts if part.says == "asking"]
        names = [part for part in self._parts if part.says == "name"]
        asked_for = [part for part in names if part.start in asking and not part.is_guessed]
        names = [part for part in names if part.start not in asking or not part.is_guessed]
        if asked_for or names:
            return _chief(asked_for or names)
        nouns = [part.text for part in self._parts if part.says == "noun"]
        return nouns[0] if nouns else self._name_before()

    def _name_before(self) -> str:
        """The last name of an earlier question, where the last one names nothing."""
        for asked in reversed(self._asked[:-1]):
            names = [part for part in self._parts_of(asked) if part.says == "name"]
            if names:
                return _chief(names)
        return ""

    # Reading

    def _kind_of_name(self, text: str) -> Kind | None:
        parts = [part for part in self._parts_of(text) if part.text.strip()]
        return parts[0].kind if len(parts) == 1 and parts[0].says == "name" else None

    def _parts_of(self, text: str) -> list[_Part]:
        return list(self._each_part(text))

    def _each_part(self, text: str) -> Iterator[_Part]:
        """The text from left to right; an ordinal belongs to the name that it stands before."""
        fixed = sorted(
            [(m.start(), m.end(), "asking") for m in ASKING.finditer(text)]
            + [(m.start(), m.end(), "period") for m in _PERIOD.finditer(text) if m[0].strip("的")]
            + [(m.start(), m.end(), "name") for m in _WORK.finditer(text)]
        )
        done = 0
        for start, end, says in fixed:
            if start < done:
                continue
            yield from self._words(text, done, start)
            yield _Part(start, end, text[start:end], says, "other" if says == "name" else None)
            done = end
        yield from self._words(text, done, len(text))

    def _words(self, text: str, start: int, end: int) -> Iterator[_Part]:
        ordinal: _Part | None = None
        place = start
        for word, tag in self._reader.analyzer.tagged(text[start:end].lower()):
            at = text.lower().find(word, place, end)
            if at < 0 or not word.strip():
                continue
            place = at + len(word)
            found = _ORDINAL.match(text, at, end)
            if found is not None:
                ordinal = _Part(at, found.end(), found[0], "other")
                continue
            if ordinal is not None and at < ordinal.end:
                continue
            entry = self._reader.names.entry(word)
            kind: Kind | None = entry.kind if entry else _kind_by_tag(word, tag)
            says = "name" if kind else "noun" if _is_noun(word, tag) else "other"
            begin = ordinal.start if kind and ordinal and ordinal.end == at else at
            yield _Part(begin, place, text[begin:place], says, kind, entry is None)
            ordinal = None


def _kind_by_tag(word: str, tag: str) -> Kind | None:
    if len(word) < 2:
        return None
    return "place" if tag == "ns" else "person" if tag == "nr" else None


def _is_noun(word: str, tag: str) -> bool:
    nouns = tag.startswith(("n", "eng", "vn", "l", "i", "j", "b"))
    return nouns and word != "的" and any(c.isalpha() for c in word)


def _chief(names: Sequence[_Part]) -> str:
    """Of several names the first that is no place: 贾湖遗址 of 漯河's."""
    return next((name.text for name in names if name.kind != "place"), names[-1].text)


def _before_asking(text: str) -> str:
    """A question up to the words that ask, without the 是 before them."""
    asking = ASKING.search(text)
    return re.sub("[是为有了]$", "", text[: asking.start()] if asking else text)


def _asked(text: str) -> str:
    return _ENDING.sub("", text) + "？"
