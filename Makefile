# Two commands are enough: `make report` for a quarter's pages, `make test` for
# everything that must hold. Each sets up its own environment in .venv first.

PYTHON ?= python3
UV ?= uv
PARAMETERS ?= parameters/2025-26-q3.yaml

BIN := .venv/bin
READY := .venv/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet

# The notebooks fit small models; threads of the linear algebra library only get in
# each other's way.
export OPENBLAS_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
.PHONY: help report check lab test lint lock clean

help: ## say what each command does
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/make \1|\2/p' $(MAKEFILE_LIST) | \
		while IFS='|' read -r name does; do printf '  %-12s %s\n' "$$name" "$$does"; done
	@echo
	@echo "  Another quarter: make report PARAMETERS=parameters/2025-26-q3.yaml"
	@echo "  Another Python:  make report PYTHON=python3.13"

report: $(READY) ## make the quarter's pages in output
	$(BIN)/perfnb run $(PARAMETERS)

check: $(READY) ## check registers, returns and parameters, and run nothing
	$(BIN)/perfnb check

lab: $(READY) ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

# The tests come last: CI counts them by pytest's closing line.
test: lint ## check the code, the notebooks and the pages
	$(BIN)/pytest -q -n 2 --dist loadfile --nbval-lax notebooks
	$(BIN)/pytest -n 2 --dist loadfile -rs

lint: $(READY) ## check style, types and import arrows
	$(BIN)/ruff check perfnb tests notebooks benchmarks
	$(BIN)/ruff format --check perfnb tests notebooks benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: ## choose the newest versions that fit, and write requirements.lock
	$(UV) pip compile pyproject.toml --extra test --universal --python-version 3.11 \
		--generate-hashes --upgrade --no-annotate --no-header --no-emit-index-url \
		--no-emit-find-links --quiet --output-file requirements.lock

clean: ## remove the environment and caches; output stays
	rm -rf .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	rm -rf .perfnb-cache
	find . -name __pycache__ -prune -exec rm -rf {} +
	find . -name .ipynb_checkpoints -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		found=$$($(PYTHON) --version 2>/dev/null || echo 'not there'); \
		echo "perfnb needs Python 3.11 or newer; '$(PYTHON)' is $$found." \
			"Name another: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Setting up .venv: a minute or two, once."
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	$(PIP) install --require-hashes --no-deps --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	$(BIN)/python -m pip check
	@touch $(READY)
