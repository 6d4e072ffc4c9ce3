# Needs python3 (3.11 or newer) and nothing else. What is installed goes into .venv, what is entered into var.
# Paths are relative and programs are run as `python -m`, so that the project's own path may hold a space.

PYTHON ?= python3
PORT ?= 8000
RUN = .venv/bin/python -m iap.local
# Named by content: a second start sees at once that nothing has changed.
INSTALLED = .venv/installed-$(shell cksum < requirements-dev.txt | tr ' ' '-')

.PHONY: help demo test reset bench lock install

help:
	@echo 'make demo [PORT=8000]  the product with two invented schools, until Ctrl-C'
	@echo 'make test              everything that continuous integration runs'
	@echo 'make reset             throw away what was entered in the demo'
	@echo 'make bench             the figures as JSON'
	@echo 'make lock              compile requirements*.txt from pyproject.toml'

demo: install
	@$(RUN) demo --port '$(PORT)'

test: install
	@$(RUN) test

reset: install
	@$(RUN) reset

bench: install
	@$(RUN) bench

# Hashes and names only: where packages come from is the concern of the machine that installs them.
COMPILE = .venv/bin/python -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

lock: install
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --extra local --extra dev --constraint requirements.txt --output-file requirements-dev.txt

install:
	@if ! command -v '$(PYTHON)' >/dev/null; then \
	  echo 'There is no $(PYTHON) here. Install Python 3.11 or newer, or name one: make demo PYTHON=/path/to/python3' >&2; \
	  exit 1; \
	fi
	@if .venv/bin/python -c '' 2>/dev/null && test -e '$(INSTALLED)'; then exit 0; fi; \
	if ! '$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
	  echo "Python 3.11 or newer is needed; $(PYTHON) is $$('$(PYTHON)' --version 2>&1)." >&2; \
	  echo 'Name a newer one: make demo PYTHON=python3.12' >&2; \
	  exit 1; \
	fi; \
	if ! '$(PYTHON)' -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo 'This Python cannot make a virtual environment: its venv module is missing.' >&2; \
	  echo 'On Debian or Ubuntu: apt-get install python3-venv' >&2; \
	  exit 1; \
	fi; \
	set -e; \
	echo 'Installing what the project needs into .venv (once, about a minute) …' >&2; \
	.venv/bin/python -m pip --version >/dev/null 2>&1 || '$(PYTHON)' -m venv --clear .venv; \
	.venv/bin/python -m pip install -qq --disable-pip-version-check --no-input \
	  --require-hashes --requirement requirements-dev.txt; \
	rm -f .venv/installed-*; \
	touch '$(INSTALLED)'
