"""What sentences have of a question."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lhassist.answer.weighing.candidates import holds, pairs

TEXTS = st.text(alphabet="漯河市花4a级c维，。 7%.", max_size=24)


@given(TEXTS, TEXTS)
def test_a_pair_is_held_where_it_is_among_the_pairs_of_a_text(question: str, text: str) -> None:
    own = set(pairs(text))
    assert [holds(text, pair) for pair in pairs(question)] == [
        pair in own for pair in pairs(question)
    ]


def test_a_number_is_not_held_by_a_longer_one() -> None:
    assert holds("增长7.8%，", "7.8%")
    assert not holds("增长17.8%，", "7.8%")
    assert not holds("用cd级", "用c")
