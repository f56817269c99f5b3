"""Learns when to refuse, from the sets named, and says how good that is on what was not read.

    .venv/bin/python eval/learn_refusal.py SET... [--every N] [--write] [--plot FILE.svg]

SET is a public reading set in BEIR form whose questions have the key `answers`; the project's own
questions are always among the lessons. Prints one JSON object. `--write` puts the weights and the
threshold into the product; `--plot` draws how probable answers are said to be against how often
they are right.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import lhassist.answer.weighing
from lhassist.answer.weighing.confidence import FILE, Confidence, probability
from lhassist.answer.weighing.features import NAMES
from lhassist.config import Settings
from lhassist.evaluation.engine import Engine
from lhassist.evaluation.learning import (
    Lesson,
    Outcome,
    calibration,
    crossed,
    learn,
    outcomes,
    refusals,
    threshold_of,
)
from lhassist.evaluation.lessons import FAR, NEAR, Split, own_lessons, set_lessons

OWN = "own questions"
OWN_COUNTS = 1
"""So many times as much as all other lessons together: they have the near misses of this kind of
collection, of which the public sets have none."""

Lessons = Mapping[str, Sequence[Lesson]]


def main() -> None:
    """Learns, and tells what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--every", type=int, default=1, help="only each such public question")
    parser.add_argument("--write", action="store_true", help=f"write {FILE}")
    parser.add_argument("--plot", type=Path, help="draw the calibration into this file")
    chosen = parser.parse_args()
    settings = Settings.load()
    with Engine(settings, None, None) as engine:
        read = gathered(settings, engine, chosen.sets, "read", chosen.every)
        unread = gathered(settings, engine, chosen.sets, "unread", chosen.every)
        fingerprint = engine.fingerprint
    lessons = weighed(read)
    at = threshold_of([one for one in crossed(lessons) if one.lesson.set == OWN])
    learned = replace(learn(lessons), threshold=round(at, 3))
    found = {name: outcomes(of, learned) for name, of in unread.items()}
    if chosen.write:
        provenance = {
            "by": "eval/learn_refusal.py",
            "lessons": {name: len(of) for name, of in read.items()},
            "embedder": fingerprint,
        }
        write(learned, provenance)
    if chosen.plot:
        draw(found, learned.threshold, chosen.plot)
    told = {
        "threshold": learned.threshold,
        "read": {name: figures(outcomes(of, learned), at) for name, of in read.items()},
        "unread": {name: figures(of, at) for name, of in found.items()},
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")


def gathered(
    settings: Settings, engine: Engine, folders: Sequence[Path], split: Split, every: int
) -> Lessons:
    """The lessons of a split, by the name of their set."""
    found: dict[str, Sequence[Lesson]] = {OWN: own_lessons(settings, engine, split, OWN)}
    for folder in folders:
        found[folder.name] = set_lessons(folder, engine, split, every=every)
    return found


def weighed(read: Lessons) -> list[Lesson]:
    """All lessons, those of the project's own questions with their weight."""
    own = read[OWN]
    others = [lesson for name, of in read.items() if name != OWN for lesson in of]
    weight = OWN_COUNTS * len(others) / len(own) if others else 1.0
    return [*(replace(lesson, weight=weight) for lesson in own), *others]


def figures(found: Sequence[Outcome], threshold: float) -> dict[str, object]:
    """How answering and refusing went, near misses and questions from elsewhere apart."""
    answerable = [one for one in found if one.lesson.answerable]
    said = [one for one in answerable if one.log_odds >= threshold]
    parts = {
        name: [one.log_odds < threshold for one in found if one.lesson.nearness == name]
        for name in (NEAR, FAR)
    }
    return {
        "questions": len(found),
        "answerable": len(answerable),
        "answered": len(said),
        "answered_rightly": sum(one.right for one in said),
        **{f"refusal_{name}": round(v, 4) for name, v in refusals(found, threshold).items()},
        **{f"refused_{name}": f"{sum(of)} of {len(of)}" for name, of in parts.items() if of},
        "calibration": [[round(a, 3), round(b, 3), n] for a, b, n in calibration(found)],
    }


def write(learned: Confidence, provenance: Mapping[str, object]) -> None:
    """Puts what was learned where the product reads it."""
    table = {
        "learned": provenance,
        "threshold": learned.threshold,
        "intercept": round(learned.intercept, 4),
        "weights": {
            name: round(weight, 4) for name, weight in zip(NAMES, learned.weights, strict=True)
        },
    }
    target = Path(lhassist.answer.weighing.__file__).with_name(FILE)
    target.write_text(json.dumps(table, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def draw(found: Mapping[str, Sequence[Outcome]], threshold: float, target: Path) -> None:
    """One panel a set: how probable an answer was said to be, and how often it was right."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    mpl.rcParams["svg.hashsalt"] = FILE
    figure, panels = plt.subplots(1, len(found), figsize=(3.4 * len(found), 3.6), squeeze=False)
    for panel, (name, of) in zip(panels[0], found.items(), strict=True):
        bins = calibration(of)
        panel.plot([0, 1], [0, 1], color="0.75", linewidth=1)
        panel.axvline(probability(threshold), color="0.6", linewidth=1, linestyle="--")
        panel.plot([x for x, _, _ in bins], [y for _, y, _ in bins], marker="o", color="#b3392f")
        panel.set_title(f"{name}, unread ({len(of)})", fontsize=10)
        panel.set_xlabel("said to be right")
        panel.set_xlim(0, 1)
        panel.set_ylim(0, 1)
    panels[0][0].set_ylabel("right")
    figure.tight_layout()
    figure.savefig(target, metadata={"Date": None})


if __name__ == "__main__":
    main()
