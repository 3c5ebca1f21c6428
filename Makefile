# Each target sets up what it needs; a fresh machine needs Python 3.11+, git and make.
VENV := .venv
BIN := $(VENV)/bin

.PHONY: install report test check e2e pages pictures bench lock

install: $(VENV)/.installed

$(VENV)/.installed: requirements-dev.txt pyproject.toml
	@echo "Setting up $(VENV); once, about a minute." >&2
	@python3 -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q diffinsight  # halves the start where PYTHONDONTWRITEBYTECODE is set
	@touch $@

# After changing the dependencies in pyproject.toml.
lock:
	python3 -m venv $(VENV)/uv && $(VENV)/uv/bin/pip install --quiet uv
	$(VENV)/uv/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header pyproject.toml -o requirements.txt
	$(VENV)/uv/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header pyproject.toml --group dev -o requirements-dev.txt
	echo mkdocs-material | $(VENV)/uv/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header - -o tests/pages/requirements.txt

# The main job, offline: a report on real changes, by default those of this repository's own docs.
REPO ?= .
HEAD ?= HEAD
BASE ?= $(shell git -C $(REPO) rev-list --max-count=40 $(HEAD) | tail -n 1)
LANGUAGE ?= en
report: install
	@$(BIN)/diffinsight report --repo $(REPO) --base $(BASE) --head $(HEAD) --language $(LANGUAGE)

test: install
	$(BIN)/pytest -q -n auto

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/zizmor --offline --quiet .github action.yml
	$(BIN)/actionlint
	$(BIN)/hadolint Dockerfile
	$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml
	$(BIN)/check-jsonschema --check-metaschema diffinsight/report.schema.json diffinsight/config.schema.json

# Needs a container engine: uses the running one, else installs and starts its own (Debian, root).
e2e: install
	sh tests/e2e/setup.sh
	$(BIN)/pytest -q -m e2e -n0 tests/e2e

# Committed reports in Pandoc and MkDocs Material, looked at in Chromium (Debian as root, where one is missing).
pages: install
	command -v pandoc > /dev/null && command -v chromium > /dev/null || apt-get install -qq -y --no-install-recommends pandoc chromium
	python3 -m venv $(VENV)/mkdocs
	$(VENV)/mkdocs/bin/pip install --quiet --disable-pip-version-check --require-hashes -r tests/pages/requirements.txt
	$(BIN)/pytest -q -m pages -n0 tests/pages

# The README's pictures, as GitHub would show them; needs chromium and fonts-noto-cjk.
pictures: install
	npm install --silent --no-save --prefix build/pictures github-markdown-css@5.9.0 mermaid@11.17.2
	$(BIN)/python docs/images/make.py --stylesheet build/pictures/node_modules/github-markdown-css/github-markdown-light.css

bench: install
	$(BIN)/python bench/start_up.py
	$(BIN)/python bench/checker.py 0 4  # every fourth day; all of them take minutes
	$(BIN)/python bench/model_engine.py
	$(BIN)/python bench/findings_table.py
