# The one task file: people and CI run the same targets. `make` lists them.
PYTHON ?= python
PACKAGE_JSON := src/ceasefire_talks/schema/package.json

# The release's own date, so that a wheel built twice has the same bytes.
export SOURCE_DATE_EPOCH := $(shell $(PYTHON) -c "import datetime, json; print(int(datetime.datetime.fromisoformat(json.load(open('$(PACKAGE_JSON)'))['created'].replace('Z', '+00:00')).timestamp()))")

# Material's advertisement for its successor; MkDocs is pinned below 2 in pyproject.toml.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help setup lint format drift stock fast test docs serve build reproducible examples release clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/\1|\2/' | column -t -s '|'

setup: ## install the package, editable, with all that the checks need
	$(PYTHON) -m pip install --quiet -e ".[clients,test]"

lint: ## style, format and types
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

format: ## mend style and format where that can be done automatically
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

drift: ## fail if datapackage.json or agreement.csv is not what it is made from
	$(PYTHON) -m ceasefire_talks describe --check
	$(PYTHON) -m ceasefire_talks agreement --check

stock: ## validate the package with frictionless alone
	$(PYTHON) -m frictionless validate datapackage.json

fast: ## the tests that take a moment
	$(PYTHON) -m pytest -m "not slow"

test: ## all tests
	$(PYTHON) -m pytest

docs: ## build the site into site/; any warning fails
	$(PYTHON) -m mkdocs build --strict

serve: ## serve the site on this machine while you write
	$(PYTHON) -m mkdocs serve

build: ## wheels and sdist into dist/
	$(PYTHON) -m build
	$(PYTHON) -m build --wheel --outdir dist tools

reproducible: build ## build the wheels twice and compare the bytes
	$(PYTHON) -m build --wheel --outdir dist/again
	$(PYTHON) -m build --wheel --outdir dist/again tools
	for wheel in dist/*.whl; do cmp "$$wheel" "dist/again/$${wheel##*/}" || exit 1; done
	rm -r dist/again

release: ## the files of a release into dist/, verified
	$(PYTHON) -m ceasefire_talks release build
	$(PYTHON) -m ceasefire_talks release verify dist dist/*-csv.zip

examples: ## rewrite the outputs shown in README.md and docs/ with what the commands print now
	CEASEFIRE_TALKS_REWRITE=1 $(PYTHON) -m pytest -q tests/test_examples.py tests/website/test_agreement.py tests/website/test_rules.py tests/validation/test_rule_fixtures.py tests/validation/test_differences.py

clean: ## remove what the targets have made
	rm -rf dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis
