"""Follow-ups that name no thing at all: 为什么, 还有呢, 详细说说, 第二个是什么, 那年呢.

What they ask of is the whole question before, or a member of the list that answered it. All
functions take folded text.
"""

from __future__ import annotations

import re

from lhassist.answer.question.kinds import ASKING

_ENDING = re.compile(r"[\s？?。！!，,]*$")
_POLITE = re.compile(
    r"^(?:那么?(?![一年里儿边个座些位时次])|嗯|好的?|哦|请问?|麻烦你?|能不能|可以|可否|能)[，,\s]*"
)
_WHY = re.compile(
    "(?:这|那)?(?:又|都)?是?(?:为什么|为啥|为何|什么原因|怎么回事)(?:会)?这?样?呢?|原因(?:呢|是什么)"
)
_MORE = re.compile(
    "还有(?:呢|吗|么|别的吗?|其他的?吗?|哪些|什么)?|(?:其[他它余]|别的|剩下)的?(?:呢|有哪些)?|更多(?:的|呢)?"
)
_IN_DETAIL = re.compile(
    "(?:再|请)?(?:详细|具体|多|展开|仔细|深入)(?:地|的)?(?:说说?|讲讲?|介绍|谈谈?|聊聊?|解释)(?:一下|一些|一点|点|些)?"
    "(?:吧|看)?"
    "|(?:说|讲|介绍)(?:得)?(?:详细|具体)一?点?|(?:继续|接着)(?:说|讲)?|再(?:说说|讲讲)|展开(?:说说|讲讲)?"
)
_WHICH_ONE = re.compile(
    "(?:其中)?(?:的)?(?:第(?P<count>[一二三四五六七八九十])|(?P<last>最后一?))[个项条种类位篇链]?"
    "(?:呢|是(?:什么|啥|谁|哪[个项条种]?)|指什么|怎么样|的?内容(?:是什么)?)?"
)
_NAMES_OF = re.compile(
    "(?:它们|他们|这些|那些|都|分别|各自?)?(?:是|有|叫)?(?:哪些|哪几个|什么名字|叫什么)|(?:它们|他们)(?:都|分别)?(?:叫|是)(?:什么|谁)"
)
_COUNT_ASKED = re.compile("(?:多少|几)(?P<unit>[个条座所家项种位名类支件处]?)(?=[一-鿿])")
_MOST = re.compile("哪.{1,3}最.{1,2}(?:的|呢)?|谁最.{1,2}")
_THAT_YEAR = re.compile("^在?[那这]一?年(?!级|代|轻|来|龄|度)")
_YEAR = re.compile(r"(?<!\d)(?:1\d|20)\d{2}年")
_LISTED = re.compile("[、]|和|与|以及|及(?!其)")
_OPENS_LIST = re.compile("[：:，。；是为有括]")
_IS_OF = re.compile("(?:是|为|有|达到?|共|了|的)+$")


def on_the_whole(question: str, last: str, said: str, subject: str) -> str | None:
    """A question without a thing of its own, asked of what was asked before; None of others.

    Args:
        question: As asked.
        last: The question before, as one that stands alone.
        said: What was answered to it.
        subject: What that question is about; empty where it does not tell.
    """
    body = _POLITE.sub("", _ENDING.sub("", question))
    last = _ENDING.sub("", last)
    for pattern, asked in (
        (_WHY, f"为什么{_stated(last)}？"),
        (_IN_DETAIL, f"介绍一下{subject or _stated(last)}。"),
        (_MORE, _with_more(last)),
    ):
        if pattern.fullmatch(body):
            return asked
    if one := _WHICH_ONE.fullmatch(body):
        item = _member(one, said)
        of = f"{subject}的" if subject and subject not in item else ""
        return f"{of}{item}是什么？" if item else None
    return _of_things(body, last) or _in_that_year(body, last, said)


def _of_things(body: str, last: str) -> str | None:
    """What the things are called that were counted, or which of them is the most."""
    if _NAMES_OF.fullmatch(body) and (count := _COUNT_ASKED.search(last)):
        return f"{last[: count.start()]}哪些{last[count.end() :]}？"
    if _MOST.fullmatch(body):
        return f"{_stated(last)}{body}？"
    return None


def _stated(last: str) -> str:
    """A question without the words that ask: 漯河2024年GDP增长 of …增长多少."""
    return _IS_OF.sub("", ASKING.sub("", last))


def _with_more(last: str) -> str:
    asking = ASKING.search(last)
    if asking is None:
        return f"{last}还有哪些？"
    before, after = last[: asking.start()], last[asking.start() :]
    return f"{_IS_OF.sub('', before)}还有{after.removeprefix('有').removeprefix('是')}？"


def _member(one: re.Match[str], said: str) -> str:
    """The member of the longest list that an answer has; empty where it has no such one."""
    sentences = re.split(r"[。；！？\n]|\[\d+\]", said)
    listed = max(sentences, key=lambda part: part.count("、"))
    if "、" not in listed:
        return ""
    first = listed.index("、")
    begin = max((m.end() for m in _OPENS_LIST.finditer(listed, 0, first)), default=0)
    run = re.split("[，。；]", listed[begin:])[0]
    items = [item.strip("“”「」『』\"' ") for item in _LISTED.split(run) if item.strip()]
    place = -1 if one["last"] else "一二三四五六七八九十".index(one["count"])
    return items[place] if place < len(items) else ""


def _in_that_year(body: str, last: str, said: str) -> str | None:
    """那年发生了什么 with the one year that the question before names, or else its answer."""
    if not _THAT_YEAR.search(body):
        return None
    for text in (last, said):
        years = set(_YEAR.findall(text))
        if len(years) == 1:
            return f"{_THAT_YEAR.sub(years.pop(), body, count=1)}？"
    return None
