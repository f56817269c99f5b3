# Two commands: `make app` serves the page, `make test` runs everything.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: app test lint bench pictures clean

app: $(VENV)/.app
	$(BIN)/python app.py

test: $(VENV)/.dev
	$(BIN)/pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

# An older pip fails on some of these resolutions, so it is brought up to date first.
$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.app: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[asr,local,mcp,ocr,st,dev]'
	touch $@ $(VENV)/.app

bench: $(VENV)/.dev
	$(BIN)/python eval/bench.py

# Drawn anew by the project's own scripts: the pictures of the articles, and the screenshots of the page.
pictures: $(VENV)/.dev
	$(BIN)/python corpus/media/draw.py
	$(BIN)/python -m tests.ui.screens

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
