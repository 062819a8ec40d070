# What a person needs: `make run`, `make test`, `make check`. Nothing but Python >= 3.11 and make is assumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test check bench lock format screenshot rights

$(READY): requirements-dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Muster needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# With a BOT_TOKEN (environment or .env) this runs on Telegram; without one, on the built-in stand-in with a page in the browser
# and, unless MUSTER_COMPANY names another, the sample company.
run: $(READY)
	@if $(BIN)/muster has-token; then exec $(BIN)/muster run; else MUSTER_COMPANY="$${MUSTER_COMPANY:-plans/samples/company.yaml}" exec $(BIN)/python -m simulator -- $(BIN)/muster run; fi

# On every core, since most of a test is waiting for its own small worlds; neighbours stay together,
# who share a company that is read once.
test: $(READY) check
	$(BIN)/pytest -n auto --dist worksteal

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)
	$(BIN)/python -m tests.bench

# The README's pictures, from real runs in Chromium.
screenshot: $(READY)
	$(BIN)/python -m tests.browser.screenshot docs

# The page of who may do what, from the table of rights.
rights: $(READY)
	$(BIN)/python -m handlers.rights_page > docs/rights.md

lock:
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --quiet pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --extra dev --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --quiet pyproject.toml -o requirements-dev.lock
