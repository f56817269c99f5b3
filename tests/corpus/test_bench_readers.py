"""The benchmark of the readers prints what it says, and counts what it should."""

from __future__ import annotations

import re

import pytest
from eval import bench_readers


def test_a_row_a_format(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["bench_readers", "xiaoshang-bridge"])
    bench_readers.main()
    *rows, newspaper = capsys.readouterr().out.splitlines()[2:]
    assert "newspaper.pdf" in newspaper
    assert len(rows) == len(bench_readers.FORMATS) + 1
    for row in rows:
        counts = re.findall(r"(\d+) of (\d+)", row)
        assert len(counts) == 2
        assert all(int(whole) == int(written) > 0 for whole, written in counts), row
