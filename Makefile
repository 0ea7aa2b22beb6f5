# Everything that can be done with this checkout. Needs Python 3.11+, a C compiler and make; nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test most quick check lint types content bench mutants removals fuzz schema docs clean

# The main job: a school year in a rehearsal workplace, letters and all.
demo: $(STAMP)
	$(BIN)/trede demo demo

# All tests. PostgreSQL takes part when TREDE_TEST_POSTGRES_URL names one.
test: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist worksteal

# All but what is slow.
most: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow" -x

# The inner loop, under a minute: the core whole, and of every other kind some.
quick: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow and not long" -x

# What CI runs.
check: lint types content test

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: $(STAMP)
	$(BIN)/mypy

content: $(STAMP)
	$(BIN)/trede rules check --on 2026-11-23
	$(BIN)/trede rules test

# Every figure with its bar and goal; under ten minutes. Ends with 1 when a bar does not hold.
bench: $(STAMP)
	$(BIN)/python -m bench

# Hostile inputs: arguments, values, files, registers, workbooks, templates, settings. Ends with 1 when one is not
# answered in words, hangs or takes too much memory. `make test` gives the first 300.
INPUTS ?= 20000
FIRST ?= 1
fuzz: $(STAMP)
	$(BIN)/python -m tests.fuzz.run --first $(FIRST) --count $(INPUTS) --processes 2

# Mutation testing of the lines that differ from BASE, for so many seconds; survivors are listed, nothing fails.
BASE ?= HEAD~1
SECONDS ?= 600
mutants: $(STAMP)
	$(BIN)/python -m tools.mutants --base $(BASE) --seconds $(SECONDS)

# What nothing notices when it is taken out of the content, or turned round there: a sample by its seed, or a part by
# name. What is known goes on holding, so all of it may be done in parts; then the count in docs is written.
SAMPLE ?= 40
SEED ?= 1
ONLY ?=
removals: $(STAMP)
	$(BIN)/python -m tools.removals --sample $(SAMPLE) --seed $(SEED) --only "$(ONLY)" --processes 2
	$(BIN)/python -m tools.removals --page

# The JSON Schemas for editors, from the same models the reader uses.
schema: $(STAMP)
	$(BIN)/trede rules schema docs/schema

# Pages that are made: of the program its commands, messages and language; of the content a guide to each procedure and
# its route cards (`python -m docs.content_pages` does only these, in a few seconds).
docs: $(STAMP)
	$(BIN)/python -m docs.command_page
	$(BIN)/python -m docs.language_page
	$(BIN)/python -m docs.messages_page
	$(BIN)/python -m docs.content_pages
	$(BIN)/python -m docs.stories_page
	$(BIN)/python -m docs.house_page

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	touch $(STAMP)

clean:
	rm -rf $(VENV) build dist demo oefenen .mypy_cache .ruff_cache .import_linter_cache .hypothesis
