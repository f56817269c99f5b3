from __future__ import annotations

from lhassist.gazetteer import Entry, Gazetteer
from lhassist.terms import Analyzer, is_chinese


def test_one_bag_of_words_characters_and_pairs() -> None:
    terms = Analyzer(Gazetteer.EMPTY).terms("生產總值 GDP")
    assert set(terms) >= {"生产总值", "总值", "生", "产总", "gdp"}


def test_gazetteer_names_are_words() -> None:
    name = "三剑客快乐酸奶"
    gazetteer = Gazetteer((Entry(name, (), "", "dish"),))
    assert name in Analyzer(gazetteer).words("三劍客快樂酸奶好喝嗎")
    assert name not in Analyzer(Gazetteer.EMPTY).words("三劍客快樂酸奶好喝嗎")


def test_is_chinese() -> None:
    assert is_chinese("Luohe 漯")
    assert not is_chinese("Luohe, 。！")


def test_words_come_with_their_part_of_speech() -> None:
    gazetteer = Gazetteer((Entry("三剑客快乐酸奶", (), "", "dish"),))
    tags = dict(Analyzer(gazetteer).tagged("三劍客快樂酸奶的電話"))
    assert tags["电话"] == "n"
    assert tags["三剑客快乐酸奶"] == ""
