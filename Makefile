# The commands of this project. `make` alone lists them. They need Python 3.11-3.13, make and a package index, no more.
.DEFAULT_GOAL := help
.PHONY: help run test check fix gate bench dev lock clean

ARGS ?=
LIVE ?=
# Of one's own: `make test PYTHON=python3.13`. Otherwise the first of python3.11, 3.12, 3.13 and python3 that runs.
PYTHON ?=
export PYTHON

PY := .venv/bin/python
# What makes the locks, in an environment of its own.
UV := 0.13.9
FLAGS := --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-6s %s\n", $$1, $$2}' Makefile
	@echo "  ARGS='...' is passed on to run, test, gate and bench; PYTHON=... chooses the interpreter."

run: ## Run the bot on the recorded week; LIVE=1 polls the real feeds
	@sh requirements/ensure.sh run
	@$(PY) -m bot run $(if $(LIVE),--live) $(ARGS)

test: dev ## Run every test
	@sh requirements/browser.sh
	@$(PY) -m pytest $(ARGS)

check: dev ## Formatting, linting, types, import contracts, then every test; stops at the first failure
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports --no-logo
	@$(MAKE) --no-print-directory test

fix: dev ## Format, mend what ruff can mend, refresh what is generated, and show what changed
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(PY) -m requirements.notices
	$(PY) -m config.slack_app
	$(PY) -m config.editors
	@git --no-pager diff --stat

gate: dev ## The quality floors on labelled material
	@if ls tests/gate/test_*.py >/dev/null 2>&1; then $(PY) -m pytest tests/gate -s -n 0 $(ARGS); else echo "tests/gate has no test yet"; fi

bench: dev ## Time and memory of the main paths
	@$(PY) -m tests.benchmarks $(ARGS)

dev: ## Install what running, testing and linting need into .venv
	@sh requirements/ensure.sh dev

lock: ## Resolve requirements/*.in anew into the hashed locks, for Python 3.11-3.13 on Linux and macOS
	@test -x $(PY) || sh requirements/ensure.sh run
	@$(PY) -m venv .venv-lock && .venv-lock/bin/pip install -q uv==$(UV)
	.venv-lock/bin/uv pip compile $(FLAGS) $(ARGS) requirements/run.in -o requirements/run.txt
	.venv-lock/bin/uv pip compile $(FLAGS) $(ARGS) requirements/dev.in -o requirements/dev.txt
	@$(PY) -m requirements.looked_into requirements/dev.txt
	@rm -rf .venv-lock

clean: ## Remove the environment and every cache
	rm -rf .venv .venv-lock .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
