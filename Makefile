# One word for each thing that a person or CI does here; `make` alone lists them.
# Needs GNU make 4, a Unix shell and Python 3.11 or newer (another one: make PYTHON=/path/to/python3.12 ...).
PYTHON ?= python3
BIN := .venv/bin
UV := uv==0.13.9

# Containers like to forbid it; with it every Python below starts sooner.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo serve bench check test test-office coverage mutants lock dev lint types contracts fast-tests

help: ## list these words
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# A developer's environment holds all that the demo needs, and is used where there is one.
ROOMS := $(if $(wildcard .venv/.dev),.venv/.rooms-dev,.venv/.rooms-runtime)

demo: $(ROOMS) ## one week on sample data, from files to the published report (LATE=1, WEEK=2023-W18, ALL=1: see README)
	@$(BIN)/ntm demo $(if $(WEEK),--week $(WEEK)) $(if $(LATE),--late) $(if $(ALL),--all)

serve: $(ROOMS) ## the schedules, the web page and a local Prefect server, until Ctrl-C
	@$(BIN)/ntm serve

bench: $(ROOMS) ## what one week costs, plain and through Prefect (SIZES="11 200": only these; 2,000 and more take long)
	@$(BIN)/python -m deployments.bench $(SIZES)

dev: .venv/.rooms-dev ## install what a developer needs in .venv

check: dev ## style, types, imports between rooms and the fast tests, in one to two minutes
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=target fast-tests types lint contracts

fast-tests: dev
	@$(BIN)/pytest -q -n 2 --dist worksteal --hypothesis-profile=quick -m "not slow and not postgres and not server and not office"

types: dev
	@echo "mypy"; $(BIN)/mypy

lint: dev
	@echo "ruff"; $(BIN)/ruff check . && $(BIN)/ruff format --check .

contracts: dev
	@echo "import-linter"; $(BIN)/lint-imports --no-logo

test: dev ## every test that needs nothing but Python, in about 15 minutes
	@$(BIN)/pytest -q -n 2 --dist loadfile -m "not office"

COVERAGE := $(BIN)/coverage
coverage: dev ## whether its own tests run every branch of domain/, in two minutes
	@$(COVERAGE) run --data-file=.venv/.coverage --branch --source=domain -m pytest -q -p no:xdist --hypothesis-profile=quick tests/domain tests/config
	@$(COVERAGE) report --data-file=.venv/.coverage --show-missing --skip-covered --fail-under=100

mutants: dev ## whether the tests see each wrong sign in weeks, calendar, debt, lateness, revisions (MODULES="debt": only that)
	@nice -n 5 $(BIN)/python -m tests.mutants $(MODULES)

OFFICE_PROGRAMS := soffice chromium pdftoppm

test-office: dev ## the tests that open our documents in LibreOffice and Chromium (.ci/run installs those)
	@missing=""; for program in $(OFFICE_PROGRAMS); do command -v $$program >/dev/null || missing="$$missing $$program"; done; \
	if [ -z "$$missing" ]; then exec $(BIN)/pytest -q -m office; fi; \
	echo "Not run: the office tests need$$missing, which .ci/run installs on Debian."; \
	[ "$$CI" != true ]

# Every pin is in the lock: nothing is resolved (--no-deps), nothing is built (--only-binary).
PIP := $(BIN)/python -m pip -qq --no-input --disable-pip-version-check
INSTALL_LOCKED := $(PIP) install --progress-bar off --require-hashes --no-deps --only-binary :all: -r

$(BIN)/python:
	@command -v "$(PYTHON)" >/dev/null || { echo "'$(PYTHON)' isn't on this machine. Install Python 3.11 or newer, or say where one is: make PYTHON=/path/to/python3.11"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$$("$(PYTHON)" --version 2>&1) is too old: Python 3.11 or newer is needed. Say where one is: make PYTHON=/path/to/python3.11"; exit 1; }
	@"$(PYTHON)" -m venv .venv || { rm -rf .venv; echo "'$(PYTHON)' can't make a virtual environment. On Debian: apt-get install python3-venv"; exit 1; }

.venv/.runtime: requirements.lock | $(BIN)/python
	@echo "Installing the locked packages into .venv: about a minute, once."
	@$(INSTALL_LOCKED) requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock | $(BIN)/python
	@echo "Installing the locked packages for developers into .venv: about a minute, once."
	@$(INSTALL_LOCKED) requirements-dev.lock
	@touch $@

# The build backend is in the lock too. `pip check` proves that the lock is all that pyproject.toml asks for.
.venv/.rooms-%: pyproject.toml .venv/.%
	@echo "Linking the rooms into .venv: an edit counts at once."
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(PIP) check
	@touch $@

# pip 23.2 looks a package with extras and without them up apart, so such a pin is written twice.
define BOTH_SPELLINGS
{ sub(/\.venv-lock\//, "") }
/^[a-z]/ { printf "%s", again; again = "" }
/^[a-z0-9.-]+\[/ { again = $$0 "\n"; sub(/\[[^]]*\]/, ""); print; next }
again != "" { again = again $$0 "\n"; if (!/--hash/) next }
{ print }
END { printf "%s", again }
endef
export BOTH_SPELLINGS

COMPILE = .venv-lock/bin/uv pip compile pyproject.toml --no-config --quiet $(if $(UPGRADE),--upgrade) \
	--group build --python-version 3.11 --universal --fork-strategy fewest \
	--generate-hashes --no-strip-extras --custom-compile-command "make lock"

lock: .venv-lock/bin/uv ## solve the dependencies again after a change in pyproject.toml (UPGRADE=1: take newer releases)
	@cp requirements.lock requirements-dev.lock .venv-lock/ 2>/dev/null || true
	@$(COMPILE) --output-file .venv-lock/requirements.lock
	@$(COMPILE) --output-file .venv-lock/requirements-dev.lock --extra dev --constraint .venv-lock/requirements.lock
	@awk "$$BOTH_SPELLINGS" .venv-lock/requirements.lock > requirements.lock
	@awk "$$BOTH_SPELLINGS" .venv-lock/requirements-dev.lock > requirements-dev.lock
	@echo "requirements.lock and requirements-dev.lock are solved anew."

.venv-lock/bin/uv: Makefile
	@"$(PYTHON)" -m venv --clear .venv-lock
	@.venv-lock/bin/python -m pip -qq --no-input --disable-pip-version-check install $(UV)
	@touch $@
