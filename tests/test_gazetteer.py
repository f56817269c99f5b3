from __future__ import annotations

from pathlib import Path

import pytest

from lhassist.errors import CorpusError
from lhassist.gazetteer import Entry, Gazetteer

GOOD = """\
[[name]]
name = "漯河"
aliases = ["漯", "沙澧"]
reading = "luò hé"
kind = "place"

[[name]]
name = "双汇"
kind = "company"
"""


def test_entries_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert Gazetteer.load(path).entries == (
        Entry("漯河", ("漯", "沙澧"), "luò hé", "place"),
        Entry("双汇", (), "", "company"),
    )
    assert Gazetteer.EMPTY.entries == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + '[[name]]\nname = "沙澧"\nkind = "place"\n', "line 10, entry 3: '沙澧'"),
        (GOOD + '[[name]]\nkind = "place"\n', "line 10, entry 3: `name`"),
        (GOOD + '[[name]]\nname = "x"\nkind = "planet"\n', "line 10, entry 3: the kind"),
        (GOOD + '[[name]]\nname = "x"\nkind = 3\n', "line 10, entry 3: `kind`"),
        (GOOD + '[[name]]\nname = "x"\naliases = "y"\nkind = "place"\n', "entry 3: `aliases`"),
        (GOOD + '[[name]]\nname = "x"\nsound = "y"\nkind = "place"\n', "unknown key 'sound'"),
        ('name = "x"\n', "not a list of tables"),
        ("[other]\n", "unknown key 'other'"),
        ("[[name]\n", "line 1"),
    ],
)
def test_a_bad_entry_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "gazetteer.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        Gazetteer.load(path)
    assert str(path) in caught.value.message
    assert said in caught.value.message
    assert caught.value.hint


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.toml", tmp_path / "gbk.toml"):
        if path.name == "gbk.toml":
            path.write_bytes("漯河".encode("gbk"))
        with pytest.raises(CorpusError, match=path.name):
            Gazetteer.load(path)


def test_the_names_of_luohe_can_be_read(sample_corpus: Path) -> None:
    entries = Gazetteer.load(sample_corpus / "gazetteer.toml").entries
    assert {"漯河", "双汇", "许慎"} <= {entry.name for entry in entries}
    assert all(entry.reading for entry in entries)


def test_a_reading_has_a_syllable_a_character(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.toml"
    path.write_text(
        '\n[[name]]\nname = "召陵区"\nreading = "shào líng"\nkind = "place"\n', encoding="utf-8"
    )
    with pytest.raises(CorpusError, match="line 2, entry 1: the reading 'shào líng' has not 3"):
        Gazetteer.load(path)


def test_what_is_listened_for_begins_with_one_of_each_kind(sample_corpus: Path) -> None:
    spoken = Gazetteer.load(sample_corpus / "gazetteer.toml").spoken()
    readings = {name.name: name.reading for name in spoken}
    assert readings["漯河市"] == "luò hé shì"
    assert readings["召陵区"] == "shào líng qū"
    assert {"漯河市", "许慎", "双汇"} <= {name.name for name in spoken[:6]}
    for name in spoken:
        if name.name.isalpha():
            assert len(name.reading.split()) == len(name.name)
