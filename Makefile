PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
LOCKER := build/locker
PORT ?= 8000

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup run check test bench docs look validation calibrate messages format lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## create .venv with the locked dependencies and Corneum itself

$(STAMP): requirements/run.txt requirements/dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -qq --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install -qq --no-deps --no-build-isolation -e .
	touch $@

run: setup ## write a first course with its reports, then open a demonstration clinic on http://127.0.0.1:8000
	$(BIN)/corneum photo demo first-course/photographs
	$(BIN)/corneum course examples/first-course.toml --photographs first-course/photographs/series.toml
	$(BIN)/corneum serve --demo --home build/demonstration --port $(PORT) $(if $(filter true 1,$(CI)),--once)

check: setup ## format, lint, types and the direction of imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: setup ## all tests and the examples in docstrings
	$(BIN)/pytest -q -n auto --dist loadfile --no-loadscope-reorder

bench: setup ## measure speed
	$(BIN)/python -m bench

docs: setup ## build the documentation into build/docs
	$(BIN)/sphinx-build -q -W --keep-going -b html -d build/doctrees docs build/docs

look: setup ## draw every page of the demonstration clinic as every role into build/look, and say what is wrong
	$(BIN)/python tools/look.py

validation: setup ## compare the model with published measurements again and renew the page
	$(BIN)/python tools/make_validation_page.py

calibrate: setup ## refit the calibrated constants and print them beside the shipped ones
	$(BIN)/python tools/calibrate.py

messages: setup ## gather the messages of the clinic for translators and compile what they wrote
	$(BIN)/python tools/messages.py

format: setup ## rewrite the sources in the house style
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" $(LOCKER)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-emit-index-url

lock: ## resolve the newest dependencies and lock them with hashes
	test -x $(LOCKER)/bin/uv || { $(PYTHON) -m venv $(LOCKER) && $(LOCKER)/bin/pip install -qq uv; }
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) pyproject.toml --extra dev -c requirements/run.txt -o requirements/dev.txt

clean: ## remove the environment and everything built
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests bench docs -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
