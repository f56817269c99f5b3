"""How well the scripts are told apart, folded and converted, beside OpenCC's own engine.

    python eval/bench_script.py ../shared/data/drcd_dev ../shared/data/cmrc_dev
    python eval/bench_script.py page.txt

Takes folders in BEIR form and text files. Traditional text goes to Simplified and back, and what
comes back is compared with what was printed; Simplified text goes to Traditional and is folded.
Prints Markdown; `docs/scripts.md` holds the result.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import opencc

from lhassist.schema import ReaderScript
from lhassist.script import convert, detect, fold

STANDARDS: dict[ReaderScript, str] = {"zh-Hant": "s2t", "zh-TW": "s2tw", "zh-HK": "s2hk"}

# Spellings of one word that good Traditional text uses side by side; the second column of errors
# does not count them.
SAME = str.maketrans(
    "臺爲裏羣峯着啓盃艷污濕岩毀岳並個涌搜雇棱綫勛跡煙占周畫昇巨了家具志念凶恤"
    "奸布説衞温稅戶內贊匯砲鎗牠舖瑯邨谿吋呎枱粧敍兌悅閱脫銳鉤麵床眾祕痴檐泄",
    "台為裡群峰著啟杯豔汙溼巖燬嶽幷箇湧蒐僱稜線勳蹟菸佔週劃升鉅瞭傢俱誌唸兇卹"
    "姦佈說衛溫税户内讚滙炮槍它鋪琅村溪寸尺檯妝敘兑悦閲脱鋭鈎麪牀衆秘癡簷洩",
)


def texts(path: Path) -> list[str]:
    """The passages of a folder in BEIR form, or one text file."""
    if path.is_file():
        return [path.read_text(encoding="utf-8")]
    with (path / "corpus.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def errors(originals: list[str], back: Callable[[str], str]) -> tuple[float, float, Counter[str]]:
    """Characters in 1000 that come back changed: all, without mere spellings, and which."""
    total = strict = 0
    wrong: Counter[str] = Counter()
    for original in originals:
        total += len(original)
        for before, after in zip(original, back(fold(original)), strict=True):
            strict += before != after
            if before.translate(SAME) != after.translate(SAME):
                wrong[before + after] += 1
    return 1000 * strict / total, 1000 * wrong.total() / total, wrong


def seconds(run: Callable[[str], str], originals: list[str]) -> float:
    """CPU seconds for all texts; the dictionaries have been read before."""
    run(originals[0][:100])
    start = time.process_time()
    for original in originals:
        run(original)
    return time.process_time() - start


def report_traditional(name: str, originals: list[str], lines: list[str]) -> None:
    """Adds a row a standard: OpenCC and ours, there and back."""
    for script, config in STANDARDS.items():
        theirs = errors(originals, opencc.OpenCC(config).convert)
        ours = errors(originals, lambda text, s=script: convert(text, s, "zh-Hans"))  # type: ignore[misc]
        common = " ".join(f"{pair}{count}" for pair, count in ours[2].most_common(6))
        lines.append(
            f"| {name} | {script} | {theirs[0]:.2f} | {ours[0]:.2f} | {theirs[1]:.2f} "
            f"| {ours[1]:.2f} | {common} |"
        )


def report_folding(name: str, originals: list[str], lines: list[str]) -> None:
    """Adds a row a set: speed, what stays unfolded, and how far conversions fold back."""
    characters = sum(map(len, originals))
    engine = opencc.OpenCC("t2s")
    ours, theirs = seconds(fold, originals), seconds(engine.convert, originals)
    keys = [fold(text) for text in originals]
    left = sum(detect(c) == "zh-Hant" for key in keys for c in key)
    left_theirs = sum(detect(c) == "zh-Hant" for t in originals for c in engine.convert(t))
    apart = sum(
        a != b
        for key in keys
        for a, b in zip(key, fold(convert(key, "zh-TW", "zh-Hans")), strict=True)
    )
    scripts = Counter(str(detect(text)) for text in originals)
    lines.append(
        f"| {name} | {characters:,} | {characters / theirs / 1e6:.2f} "
        f"| {characters / ours / 1e6:.2f} | {left_theirs} | {left} | {apart} "
        f"| {', '.join(f'{k} {v}' for k, v in scripts.most_common())} |"
    )


def main() -> None:
    """Measures every set named on the command line."""
    back = [
        "| set | standard | OpenCC, all | ours, all | OpenCC, wrong | ours, wrong | which |",
        "|---|---|---|---|---|---|---|",
    ]
    forth = [
        "| set | characters | OpenCC, M/s | ours, M/s | OpenCC, left | ours, left | apart | told |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for path in map(Path, sys.argv[1:]):
        originals = texts(path)
        report_folding(path.stem, originals, forth)
        if detect("".join(originals)) == "zh-Hant":
            report_traditional(path.stem, originals, back)
    sys.stdout.write("\n".join([*forth, "", *back]) + "\n")


if __name__ == "__main__":
    main()
