"""Which sets a name, a folder or nothing at all stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from lhassist.config import Settings
from lhassist.errors import EvaluationError
from lhassist.evaluation.own import QUESTIONS, read_own
from lhassist.evaluation.sets import QuestionSet, is_set, merge, read_set

_PUBLIC = "sets"


def find_sets(given: Sequence[str], known: Iterable[str], settings: Settings) -> list[QuestionSet]:
    """Reads every set that is asked for, once, in the order given.

    Args:
        given: Each a folder in BEIR form; a folder of such folders; the name of a set under
            `eval/` or `eval/sets/`; or two of these joined by `+`, which asks the questions of the
            first over the collections of both (the second may be a sister folder's bare name).
            Empty: everything under `eval/`.
        known: Set names that the baseline has floors for. A folder of sets also stands for those
            joined with `+` whose parts it holds.
        settings: Say where the articles and the project's sets are.

    Raises:
        EvaluationError: There is no such set, or one is not as it must be.
    """
    places = [place for one in given for place in _places(one, known, settings)] if given else []
    if not given:
        own = [folder for folder in _folders(settings.eval_dir) if _is_any(folder)]
        public = settings.eval_dir / _PUBLIC
        places = [(folder,) for folder in own] + (_all_of(public, known) if public.is_dir() else [])
    if not places:
        raise EvaluationError(
            f"{settings.eval_dir}: there is no question set",
            hint="run `eval` in a checkout of the project, or give --set FOLDER",
        )
    read: dict[Path, QuestionSet] = {}
    for folder in (folder for place in places for folder in place):
        if folder not in read:
            is_own = (folder / QUESTIONS).is_file()
            read[folder] = (
                read_own(folder, settings.corpus_dir, settings.cache_dir)
                if is_own
                else read_set(folder)
            )
    return [
        merge(*(read[folder] for folder in place)) if len(place) > 1 else read[place[0]]
        for place in dict.fromkeys(places)
    ]


def _places(one: str, known: Iterable[str], settings: Settings) -> list[tuple[Path, ...]]:
    """The folders of each set that one argument stands for; several folders are to be merged."""
    folder = _folder(one, settings)
    if folder is not None:
        return [(folder,)] if _is_any(folder) else _all_of(folder, known)
    first, *others = one.split("+")
    parts = [_folder(first, settings)]
    for other in others:
        sister = parts[0].parent / other if parts[0] else None
        parts.append(sister if sister and _is_any(sister) else _folder(other, settings))
    found = tuple(part for part in parts if part is not None and _is_any(part))
    if not others or len(found) < len(parts):
        raise EvaluationError(
            f"there is no question set {one!r}",
            hint="give a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv, "
            f"or a name under {settings.eval_dir}",
        )
    return [found]


def _folder(name: str, settings: Settings) -> Path | None:
    candidates = (Path(name), settings.eval_dir / name, settings.eval_dir / _PUBLIC / name)
    return next((path for path in candidates if path.is_dir()), None)


def _all_of(folder: Path, known: Iterable[str]) -> list[tuple[Path, ...]]:
    sets = {path.name: path for path in _folders(folder) if _is_any(path)}
    merged = [name.split("+") for name in known if "+" in name]
    return [(path,) for path in sets.values()] + [
        tuple(sets[part] for part in parts)
        for parts in merged
        if all(part in sets for part in parts)
    ]


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def _is_any(folder: Path) -> bool:
    return is_set(folder) or (folder / QUESTIONS).is_file()
