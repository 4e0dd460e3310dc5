# make demo: install and open the tour.   make test: everything that must hold.   make help: the rest.
#
# All of it happens in .venv, made with uv where uv is installed and with venv and pip otherwise; both install the
# versions of the lock file. Needs make, git and Python 3.11 or later (uv brings a Python where there is none).

VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
AUDIT_STAMP := $(VENV)/.installed-audit
INSTALLED_FROM := pyproject.toml uv.lock constraints.txt
SOURCES := tui kernelbridge

UV := $(shell command -v uv 2>/dev/null)
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$each; break; }; \
	done)

.DELETE_ON_ERROR:
.PHONY: help demo test test-failed test-kernels check audit bench bench-run soak hostile goldens screenshots man lock compile clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(RUN_STAMP) compile ## install, and open the tour
	@$(BIN)/tnb examples/tour.ipynb

test: $(DEV_STAMP) compile check ## the checks and all tests
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not system_kernel"

test-failed: $(DEV_STAMP) ## the tests that failed last, one after the other
	$(BIN)/python -m pytest --last-failed --last-failed-no-failures none -m "not system_kernel"

# apt-get install --no-install-recommends octave r-cran-irkernel brings the programs: 163 packages, 90 seconds.
test-kernels: $(DEV_STAMP) compile ## kernels of programs that the system brings: octave and R
	$(BIN)/python -m pytest -m system_kernel

check: $(DEV_STAMP) ## lint, format, types and layers, without the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

audit: $(AUDIT_STAMP) ## licences and hashes of what tnb depends on, and what is known against it
	cd tests && ../$(BIN)/python -m audit

bench: $(DEV_STAMP) compile ## time tnb beside a minimal Textual program, and write docs/performance.md
	cd tests && ../$(BIN)/python -m bench --write ../docs/performance.md
	cd tests && ../$(BIN)/python -m bench.roundtrip --write ../docs/performance.md
	cd tests && ../$(BIN)/python -m bench.streams --write ../docs/performance.md
	cd tests && ../$(BIN)/python -m bench.searching --write ../docs/performance.md
	cd tests && ../$(BIN)/python -m bench.completing --write ../docs/performance.md
	cd tests && ../$(BIN)/python -m bench.answering --write ../docs/performance.md

bench-run: $(DEV_STAMP) compile ## run notebooks of the corpus beside the project with tnb, nbconvert and papermill
	cd tests && ../$(BIN)/python -m bench.headless --write ../docs/performance.md

# In the order of their length: minutes for the first, hours for the sessions.
soak: $(DEV_STAMP) compile ## faults at every call of a save, killed runs and sessions, a day's messages, random keys, exports
	TNB_TESTS_LONG=1 $(BIN)/python -m pytest tests/files/test_injected.py
	TNB_TESTS_LONG=1 $(BIN)/python -m pytest tests/e2e/test_hostile.py -k at_random
	TNB_SOAK_RESTARTS=100 TNB_SOAK_LOOPS=10 $(BIN)/python -m pytest tests/soak/test_day.py
	TNB_SOAK_ROUNDS=200 $(BIN)/python -m pytest tests/soak/test_rounds.py
	TNB_SOAK_GRACE=1 TNB_SOAK_PLAYERS=3 TNB_SOAK_SESSIONS=950 TNB_SOAK_REAL_SESSIONS=50 $(BIN)/python -m pytest tests/soak/test_sessions.py
	TNB_DISPLAY_STEPS=10000 $(BIN)/python -m pytest tests/terminal/display
	TNB_SOAK_EXPORT=1 $(BIN)/python -m pytest tests/export/chain/test_sameness.py

hostile: $(DEV_STAMP) compile ## open and print all files of the collection of hostile notebooks beside the project
	TNB_TESTS_LONG=1 $(BIN)/python -m pytest tests/e2e/test_hostile_files.py tests/e2e/test_hostile_places.py

goldens: $(DEV_STAMP) compile ## print and draw examples/outputs.ipynb anew, for tests/golden and docs/outputs
	cd tests && ../$(BIN)/python -m golden
	$(BIN)/python -m screenshots.printed

screenshots: $(DEV_STAMP) compile ## draw screenshots/*.svg from the program itself
	$(BIN)/python -m screenshots.make

man: $(DEV_STAMP) ## write docs/tnb.1, the manual page, from the commands
	$(BIN)/python -m tui.cli.manpage

# The lock file names the public index whatever index this machine is set to use, so that it serves everyone: the
# hashes hold wherever the files come from. constraints.txt is the same lock in the form that pip reads.
lock: ## resolve the dependencies anew
	@uv=$(UV); [ -n "$$uv" ] || uv=$(BIN)/uv; [ -x "$$uv" ] || $(BIN)/python -m pip install -q uv; \
	$$uv lock --no-config --upgrade --default-index https://pypi.org/simple && \
	$$uv export --no-config --frozen -q --all-groups --no-emit-project --no-hashes --no-header --no-annotate \
		--output-file constraints.txt
	@! grep -Eo '(registry|url) = "[^"]*"' uv.lock | grep -vE '"https://(pypi\.org|files\.pythonhosted\.org)/'

# An editable install is never byte-compiled by the installer, and where PYTHONDONTWRITEBYTECODE is set Python does
# not do it either: half of every start would go into compiling.
compile: $(RUN_STAMP)
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m compileall -q $(SOURCES)
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m tui.cli.packing

clean: ## remove the environment and everything made
	rm -rf $(VENV) .venv-bench dist build .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

ifneq ($(UV),)

SYNC = UV_PROJECT_ENVIRONMENT=$(VENV) $(UV) sync --frozen --inexact --compile-bytecode

$(RUN_STAMP): $(INSTALLED_FROM)
	$(SYNC) --no-default-groups
	@touch $@

$(DEV_STAMP): $(RUN_STAMP)
	$(SYNC) --group dev
	@touch $@

$(AUDIT_STAMP): $(DEV_STAMP)
	$(SYNC) --group dev --group audit
	@touch $@

else

PIP = $(BIN)/python -m pip --disable-pip-version-check

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "tnb needs Python 3.11 or later, and no python3 here is: install one, or uv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(RUN_STAMP): $(INSTALLED_FROM) | $(BIN)/python
	$(PIP) install -q --upgrade "pip>=25.1"
	$(PIP) install -q --constraint constraints.txt --editable .
	@touch $@

$(DEV_STAMP): $(RUN_STAMP)
	$(PIP) install -q --constraint constraints.txt --group dev
	@touch $@

$(AUDIT_STAMP): $(DEV_STAMP)
	$(PIP) install -q --constraint constraints.txt --group audit
	@touch $@

endif
