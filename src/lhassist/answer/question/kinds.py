"""What kind of thing a question asks for, from its question words.

All patterns are over folded text in half-width lower case.
"""

from __future__ import annotations

import re
from typing import Literal

from lhassist.facts.numbers import Measure

Kind = Literal[
    "task", "rank", "date", "person", "place", "list", "number", "reason", "whether", "what", "open"
]
"""What an answer must have. `task` asks to write or translate something, which no quote can do;
`whether` and `open` ask for nothing of a kind."""

VALUE_KINDS: frozenset[Kind] = frozenset(("number", "rank", "date", "person", "place"))
"""The kinds that one figure, name or place answers, and so mostly one sentence."""

_END = "[？?。！! ]*$"

# The first that fits, so the narrow come before the wide.
_KINDS: tuple[tuple[Kind, str], ...] = (
    ("task", r"(写|作|编|画|翻译|唱|讲|创作|生成|背)(一[首篇段幅个封]|个|首|篇|段|幅|几[首篇段])"),
    (
        "task",
        r"(翻译|总结|改写|润色|计算)(成|一下|这|下面|以下)|把.{1,12}(翻译|译)成|把(这|下面|以下|上面).{0,9}改成",
    ),
    ("task", r"(用|帮我|给我)(英文|英语|python|写|画|编)"),
    ("date", r"\bwhen\b|\b(what|which) (year|date|day|month)\b"),
    ("person", r"\bwho\b"),
    ("place", r"\bwhere\b|\bwhich (city|county|district|town|village|province)\b"),
    (
        "number",
        r"\bhow (many|much|long|large|big|old|tall|wide|high|far)\b|\b(growth|rate|percent)",
    ),
    ("rank", r"第几|排名|名次|位次|排(在)?(多少|几)|居.{0,6}(多少|几)位"),
    ("date", r"(哪一?个|什么|何)(世纪|年代|朝代|朝)|在.{1,3}[朝代]还是.{1,3}[朝代]"),
    ("date", r"什么时[候间]|何时|何年|哪一?[年天日]|哪个(年份|月|日期)|几[月号]|几几年"),
    (
        "person",
        r"谁|哪一?[位名]|何人|什么人|哪个人|([创办始明计建持责]人|者|[县市省校院厂会]长)叫什么",
    ),
    ("place", rf"哪[里儿]|何[处地]|什么地方|在哪(?=边|{_END})|地址{_END}"),
    ("place", r"哪一?[个座条]?(区|县|镇|村|市|省|城市|乡|街道|地方|国家|路|街)"),
    ("list", r"哪些|哪[几两三四五六七八九十]|有什么|包括什么|分别是什么|都有(什么|啥)"),
    ("number", r"多少|几(?!乎)|多[大高长宽重远深久快厚]|百分之几|增速|增幅|涨幅"),
    ("number", rf"(面积|人口|人数|长度|海拔|[总数]额|总量|金额|数量|占比|比重|规模){_END}"),
    ("number", rf"(电话|联系方式|[^税汇]率){_END}"),
    ("reason", r"为什么|为何|为啥|原因|怎么(?!样|回事)|怎样|如何"),
    ("whether", rf"[吗嘛]{_END}|是否|对不对|是不是|有没有|能不能|会不会"),
    ("what", r"什么|哪|啥|怎么|何谓"),
    ("what", r"\b(what|which)\b"),
    ("reason", r"\b(why|how)\b"),
    ("whether", r"^(is|are|was|were|do|does|did|has|have|can)\b"),
)

_MEASURES: tuple[tuple[tuple[Measure, ...], str], ...] = (
    (("phone",), rf"(电话|手机|热线)(号码?)?(是|为)?(多少|几|什么)|(电话|联系方式){_END}"),
    (("clock",), r"几点"),
    (
        ("share",),
        rf"增速|增幅|涨幅|增长(率|速度|幅度|了?多少([^亿万元吨家]|{_END}))|占比|比重|占(?!地).{{0,8}}多少",
    ),
    (("share",), rf"(生产总值|gdp|增加值|营收|收入|利润|投资).{{0,6}}涨了?多少{_END}"),
    # An indicator that is an amount of money, asked for itself and not for its growth.
    (
        ("money",),
        rf"(生产总值|gdp|经济总量|增加值|销售额|产值)(的?[总数]量|的?总?数|的?总?额)?"
        rf"[有是达为到]*多少{_END}",
    ),
    (
        ("share",),
        r"百分之几|几分之[一几]|几个百分点|多少倍|(成功|覆盖|增长|出生|失业|[^税汇比]比)率",
    ),
    (("money",), r"多少(钱|元|[万亿]+元|资金)|营收|营业收入|利润|票价|门票|房价|工资|金额"),
    (("area",), r"面积|多少(亩|平方|公顷)|占地"),
    (("length",), r"多[长高宽深远](?!时间)|海拔|多少(米|公里|厘米|丈|里)|长度|全长"),
    (("people",), r"多少(人(?!均)|名|位)|几(名|位)|人口|人数"),
    (("heat",), r"气温|温度|多少度"),
    (("weight",), r"多重|多少(吨|公斤|斤|克)"),
    (("span",), r"(多少|几)岁|年龄|树龄"),
    (("span", "date"), r"多久|多少[年天]|几[年天]|多长时间"),
)

# Measure words go with the question word, but not where they begin another word: 几部 but 几 部门.
_MEASURE_WORD = (
    "(?:个(?!人|体|性)|条(?!件|例)|家(?!庭|乡)|座(?!席|位)|位(?!置|次|于)|名(?!胜|额|字|人|称|气|城)|项(?!目)|所(?!有|得)"
    "|种(?!子|类|植)|支(?!付|出|柱)|根(?!据|本)|部(?!首|门|分|队|委)|套(?!餐)|间|件|块|层(?!次)|类(?!型|别)|期(?!间|限)"
    "|年(?!龄|级|轻|代)|天(?!气|空|然|文)|号(?!码|称|召)|日|月|处(?!理)|次(?!数)|届|批(?!准)|头|吨|亩|本|篇(?!幅)|张|幅|辆|台|毫?米)"
)
ASKING = re.compile(
    r"请问|请?告诉我|我?想(知道|问一?下?|了解)|(介绍|说|讲|谈)(一下|说|讲|谈)|有没有|是不是|是否|能不能"
    r"|会不会|[是在]*[一-鿿]{1,3}[朝代]还是[一-鿿]{1,3}[朝代]|[百几]分之[一几]|为什么|为何|为啥|是?怎么回事|[是有]?什么(时[候间]|名[字称])?|怎么样|怎样|怎么|如何|何[时年地处人谓]"
    rf"|[是有在]?哪(?:[些里儿]|一?[二两三四五六七八九十几]*{_MEASURE_WORD}?)|第几{_MEASURE_WORD}?"
    rf"|[是有]?多[大高长宽重远深久快厚]|(?<!好)[是有]?(?:百分之)?(?:多少|几(?!乎)){_MEASURE_WORD}?"
    r"|[是有]?谁|[是有]?啥|[吗呢吧啊呀嘛]"
    r"|\bhow (?:many|much|long|large|big|old|tall|wide|high|far)\b"
    r"|\b(?:what|which|who|when|where|why|how)\b"
)
"""The words that ask, which no answer repeats."""

COUNTING = re.compile("多|几|how (many|much)")
"""Of the words that ask, those that ask for a figure."""

_UNIT_ASKED = re.compile("(?:多少|几)(卷|字|页|层|级|股|章|集|届|桌|步|里)(?!部|数)")
_UNIT_PRICE = re.compile("多少(?:钱|元)(?:一|每)?([包斤张个瓶份套米盒袋箱公吨亩根支只条件本])")

WHO_IS = re.compile(rf"(是|为)谁{_END}")
"""The end of a question for a person by role (市长是谁), or about one by name (许慎是谁).

The name before it tells which."""

HOW_LARGE = re.compile(rf"多大{_END}")
"""The end of a question for a place's area, where nothing but the place is named."""

NAMING = re.compile("哪|什么(?!时)")
"""Of the words that ask, those that the kind of thing asked for may follow: 哪个镇, 什么骨头."""


def kind_of(question: str) -> Kind:
    """The kind of thing that a folded question asks for."""
    return next((kind for kind, pattern in _KINDS if re.search(pattern, question)), "open")


def asks_meaning(question: str) -> bool:
    """Whether a folded question asks what something is."""
    return (
        re.search(r"什么是|是什么|什么意思|指.{0,3}什么|怎么回事|何谓|是谁|介绍|怎么样", question)
        is not None
    )


def date_units_of(question: str) -> frozenset[str]:
    """What the asked date must be given in: `年`, `月` or `日`; empty where any will do."""
    if re.search(r"哪一?年|何年|几几年|哪个年份|\b(what|which) year", question):
        return frozenset("年")
    return frozenset("日号") if re.search(r"哪一?[天日]|几号", question) else frozenset()


def unit_asked(question: str) -> str:
    """The unit that the asked figure must be given in (卷 in 多少卷); empty where others do too.

    个, 家, 所 and the like stand for each other; these do not.
    """
    found = _UNIT_ASKED.search(question)
    return found[1] if found else ""


def priced_by(question: str) -> str:
    """What the asked price is of (包 in 多少钱一包); empty where no such price is asked for."""
    found = _UNIT_PRICE.search(question)
    return found[1] if found else ""


def measures_of(question: str) -> frozenset[Measure]:
    """What the asked figure must measure; empty where the question does not tell."""
    found = (measures for measures, pattern in _MEASURES if re.search(pattern, question))
    return frozenset(next(found, ()))
