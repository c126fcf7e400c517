# `make run` and `make test` need Python 3.11 or newer, git and make; they fetch the rest themselves.
.DEFAULT_GOAL := help
.NOTPARALLEL:
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$p && break; done)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

# What an installation is made from; the code itself is read from the checkout and needs no new installation.
INPUTS := pyproject.toml hatch_build.py $(wildcard frontend/*.json frontend/*.mjs frontend/*.py frontend/*.txt frontend/.npmrc)

.PHONY: help run test check format lint types docs wheel bench assets clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run ## Install, load the demo and serve the wiki on this machine
	@$(BIN)/wiki serve --demo

test: $(VENV)/.test ## Run every test (pass arguments to pytest with ARGS="-k search")
	@$(BIN)/python -m frontend.inputs || $(MAKE) --no-print-directory assets || true
	@HOLDFAST_TEST_REQUIRE=1 $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: format lint types test docs wheel ## Everything that must hold before a change is merged

format: $(VENV)/.test ## Complain about code that is not formatted
	@$(BIN)/ruff format --check .

lint: $(VENV)/.test ## Complain about code that is likely wrong
	@$(BIN)/ruff check .

types: $(VENV)/.test ## Check the types of the package
	@$(BIN)/mypy

docs: $(VENV)/.test ## Check that the documentation says what the program does
	@$(BIN)/python -m pytest -q -m docs

wheel: $(VENV)/.test ## Build the wheel and run it alone in an empty folder
	@HOLDFAST_TEST_REQUIRE=1 $(BIN)/python -m pytest -q -m wheel

assets: $(BIN)/python ## Build the typeface and the icons anew
	@HOLDFAST_FRONTEND=require $(BIN)/python -m pip install --quiet --no-deps --editable .

bench: $(VENV)/.test ## Measure speed and memory beside the budgets
	@$(BIN)/python -m tests.bench

clean: ## Remove what was installed and built; instance/ stays
	rm -rf $(VENV) build dist static/dist frontend/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Holdfast needs Python 3.11 or newer; none was found on PATH." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.run: $(INPUTS) | $(BIN)/python
	@echo "Installing Holdfast into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --editable .
	@$(WARN_WITHOUT_ASSETS)
	@touch $@

$(VENV)/.test: $(INPUTS) | $(BIN)/python
	@echo "Installing Holdfast and what its tests need into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --editable '.[test]'
	@$(WARN_WITHOUT_ASSETS)
	@$(BIN)/python -m tests.browser.chromium
	@touch $(VENV)/.run $@

WARN_WITHOUT_ASSETS = test -f static/dist/icons.svg || { \
	echo "Warning: the typeface and the icons could not be built, probably because the npm registry is out of reach." >&2; \
	echo "The wiki works without them, in the system's letters. To try again and see why: make assets" >&2; }
