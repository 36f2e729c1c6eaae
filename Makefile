# The front door. `make` alone lists what there is; every target sets up .venv first where it needs it.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
BROWSER := .venv/browser
# A worker has its half in the order of the folders, so that what the tests of a folder share is made once, and takes
# over from the other when it has nothing left.
SHARED := -n 2 --dist worksteal

# Those that are compared: every council's folder, and no base.
COUNCILS := hertsmere derby_city coventry selby derbyshire_commissioner

.DEFAULT_GOAL := help
.PHONY: help run story test lint proof bench pictures procedures editors lock clean

help: ## List what make can do
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile

run: $(READY) ## Serve the screens with the demonstration councils, at a printed address
	@$(BIN)/asb serve --demo

story: $(READY) ## Play one worked Hertsmere case from application to close
	@$(BIN)/asb story

test: $(READY) $(BROWSER) ## Run the tests, on SQLite, on a real PostgreSQL and Redis, and in a real browser
	$(BIN)/python -m pytest $(SHARED)

lint: $(READY) ## Check style, types and layers, and that nothing is missing from a list, a page or a template
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/asb templates --check
	$(BIN)/python -m pytest tests/house

proof: $(READY) $(BROWSER) ## Run the tests with every long proof in full (takes long)
	$(BIN)/python -m pytest $(SHARED) --proof

bench: $(READY) ## Measure steps, timers and child processes on PostgreSQL
	@$(BIN)/asb bench

pictures: $(READY) ## Draw what the rules' pages show of wrong and right, and the picture of the layers
	@$(BIN)/python -m tests.check.pictures
	@$(BIN)/python -m tests.house.architecture

procedures: $(READY) ## Compare all councils' procedures on one page, docs/procedures.md
	@mkdir -p build
	@$(BIN)/asb diff $(COUNCILS) --format page > build/procedures.md
	@mv build/procedures.md docs/procedures.md

# Nothing that a package would run on being installed is needed.
editors: $(READY) ## Bundle the editors of diagrams, tables and forms for the browser (needs Node 20.19 and a network)
	@$(BIN)/python -m tests.house.editors
	@mkdir -p build/editors
	@cp webui/editors/package.json webui/editors/package-lock.json webui/editors/*.mjs build/editors
	@cd build/editors && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@node build/editors/build.mjs webui/editors webui/static/editors

lock: ## Pin the newest versions that pyproject.toml allows in requirements.lock
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet '.[bench,test]' ./engine/bench
	echo '# Versions known to work together. Written by make lock; used as constraints by every other target.' > build/lock/pins
	build/lock/bin/python -m pip freeze --exclude asb-case-review --exclude asb-case-review-bench >> build/lock/pins
	mv build/lock/pins requirements.lock
	rm -rf build/lock

clean: ## Remove .venv and everything built; cases in var/ stay
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Done again only when what is to be installed has changed.
$(READY): pyproject.toml engine/bench/pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'Python 3.11 or later is needed. Install it, or name it: make PYTHON=python3.12 ...'; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		echo 'This Python cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv, then make again.'; exit 1; }
	@echo 'Setting up .venv. This is done once and takes a minute or two.'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock \
		--editable '.[bench,test]' --editable ./engine/bench
	@touch $@

# The browser of the tests: the one that is there; else Debian's, which only root can install; else Playwright's own.
$(BROWSER): $(READY)
	@command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get; then \
			echo 'Installing Chromium for the tests. This is done once.'; \
			export DEBIAN_FRONTEND=noninteractive; apt-get update -qq && { \
			apt-get install -y -qq chromium-headless-shell || apt-get install -y -qq chromium; } > /dev/null; \
		else $(BIN)/playwright install chromium; fi; }
	@touch $@
