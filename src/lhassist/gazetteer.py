"""The one list of local names: how they are written, what else they are called, how they sound.

The file is TOML, one `[[name]]` table an entry:

    [[name]]
    name = "漯河"                # the name as Simplified articles write it
    aliases = ["漯", "沙澧"]     # other ways to say the same; optional
    reading = "luò hé"           # Pinyin with tone marks, a syllable a character; optional
    kind = "place"

Kinds: `place` (cities, districts, rivers), `person`, `company`, `site` (what one can visit), `dish`
(food and drink), `institution` (offices, schools, laboratories), `policy` (plans, campaigns,
slogans with a number in them) and `other`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, ClassVar, Literal, cast, get_args

from lhassist.errors import CorpusError

Kind = Literal["place", "person", "company", "site", "dish", "institution", "policy", "other"]

_KINDS = get_args(Kind)
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]+")
_AREAS = {"市": "shì", "区": "qū", "县": "xiàn", "镇": "zhèn"}
_KEYS = ("name", "aliases", "reading", "kind")


@dataclass(frozen=True, slots=True)
class Entry:
    """A local name.

    Attributes:
        name: The canonical form; aliases are searched as this one.
        aliases: Other forms, in either script, without the name itself.
        reading: Pinyin with tone marks, a syllable a character, with blanks between; empty where
            the list gives none.
    """

    name: str
    aliases: tuple[str, ...]
    reading: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class SpokenName:
    """A name as it is said.

    Attributes:
        reading: Pinyin with tone marks, a syllable a character, with blanks between.
    """

    name: str
    reading: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All entries, in the order of the file. No form belongs to two entries."""

    entries: tuple[Entry, ...]

    EMPTY: ClassVar[Gazetteer]

    def spoken(self) -> tuple[SpokenName, ...]:
        """The names that have a reading: what a recogniser of speech listens for.

        One of each kind in turn, so that the first few hold something of everything. An area is
        listed by its full name, too: 漯河市 beside 漯河.
        """
        by_kind = [[e for e in self.entries if e.kind == kind and e.reading] for kind in _KINDS]
        found = []
        for entry in (e for turn in zip_longest(*by_kind) for e in turn if e):
            found += [
                SpokenName(alias, f"{entry.reading} {_AREAS[alias[-1]]}")
                for alias in entry.aliases
                if alias[:-1] == entry.name and alias[-1] in _AREAS
            ]
            found.append(SpokenName(entry.name, entry.reading))
        return tuple(found)

    @classmethod
    def load(cls, path: Path) -> Gazetteer:
        """Reads and checks a gazetteer file.

        Raises:
            CorpusError: The file is missing, not UTF-8 or not TOML, or an entry is not as the
                module describes; the message names the file and the line.
        """
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CorpusError(
                f"{path}: the gazetteer cannot be read: {error}",
                hint="give a TOML file in UTF-8",
            ) from error
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise CorpusError(
                f"{path}: not TOML: {error}", hint="correct the line it names"
            ) from error
        return _Reader(path, text).gazetteer(tables)


Gazetteer.EMPTY = Gazetteer(())


class _Reader:
    """Turns the tables of one file into entries, and says where a bad one stands."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        # A `[[name]]` at the start of a line opens an entry; inside a multi-line string it would
        # only make a message point at the wrong line.
        self._lines = [
            number
            for number, line in enumerate(text.splitlines(), start=1)
            if re.match(r"\s*\[\[\s*name\s*\]\]", line)
        ]

    def gazetteer(self, tables: dict[str, Any]) -> Gazetteer:
        names = tables.pop("name", [])
        if tables:
            raise CorpusError(
                f"{self._path}: unknown key {next(iter(tables))!r}",
                hint="the file holds [[name]] tables and nothing else",
            )
        if not isinstance(names, list) or not all(isinstance(item, dict) for item in names):
            raise CorpusError(
                f"{self._path}: `name` is not a list of tables",
                hint="write every entry as a [[name]] table",
            )
        entries = tuple(self._entry(number, table) for number, table in enumerate(names))
        self._check_unique(entries)
        return Gazetteer(entries)

    def _entry(self, number: int, table: dict[str, Any]) -> Entry:
        for key in table:
            if key not in _KEYS:
                raise self._error(number, f"unknown key {key!r}", "use " + ", ".join(_KEYS))
        name = self._string(number, table, "name")
        if not name:
            raise self._error(number, "`name` is missing or empty", "give the entry a name")
        aliases = table.get("aliases", [])
        if not isinstance(aliases, list) or not all(isinstance(a, str) and a for a in aliases):
            raise self._error(
                number, "`aliases` is not a list of words", 'write aliases = ["...", "..."]'
            )
        kind = self._string(number, table, "kind")
        if kind not in _KINDS:
            raise self._error(number, f"the kind is {kind!r}", "use one of " + ", ".join(_KINDS))
        reading = self._string(number, table, "reading")
        if reading and _HAN_NAME.fullmatch(name) and len(reading.split()) != len(name):
            raise self._error(
                number,
                f"the reading {reading!r} has not {len(name)} syllables, as {name} has",
                "write a syllable a character, with blanks between: luò hé",
            )
        return Entry(
            name=name,
            aliases=tuple(aliases),
            reading=reading,
            kind=cast(Kind, kind),
        )

    def _string(self, number: int, table: dict[str, Any], key: str) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            raise self._error(number, f"`{key}` is not a string", f'write {key} = "..."')
        return value.strip()

    def _check_unique(self, entries: tuple[Entry, ...]) -> None:
        owner: dict[str, int] = {}
        for number, entry in enumerate(entries):
            for form in (entry.name, *entry.aliases):
                if form in owner:
                    raise self._error(
                        number,
                        f"{form!r} is already a form of {entries[owner[form]].name!r}",
                        "let every form belong to one entry, once",
                    )
                owner[form] = number

    def _error(self, number: int, what: str, hint: str) -> CorpusError:
        line = f", line {self._lines[number]}" if number < len(self._lines) else ""
        return CorpusError(f"{self._path}{line}, entry {number + 1}: {what}", hint=hint)
