# Two commands: `make run` and `make serve`. Everything is installed into this folder, from locks with hashes.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON := python3.11
UV := .tools/bin/uv
BIN := .venv/bin
PORT := 8000

hash = $(firstword $(shell cat $(1) 2>/dev/null | sha256sum | cut -c1-16))
FRONTEND := $(shell find frontend -name node_modules -prune -o -type f -print 2>/dev/null | sort)
BUILT := src/takhai/web/static/takhai/site.css src/takhai/reporting/built/report.css

# A stamp carries the hash of what it was made from, so a second run has nothing to do.
TOOLS := .stamps/tools-$(call hash,requirements/uv.txt)
BASE := .stamps/base-$(call hash,requirements/base.txt Makefile)
DEV := .stamps/dev-$(call hash,requirements/dev.txt Makefile)
NODE := .stamps/node-$(call hash,frontend/package-lock.json)
ASSETS := .stamps/assets-$(call hash,$(FRONTEND))

.PHONY: help install assets run serve test lint bench mutants lock chromium

help:
	@printf '%s\n' \
	  'make run      whole semester of one province, prints the summary  (FRESH=1 begins anew, ROUNDS=2 adds the next)' \
	  'make serve    the site on http://127.0.0.1:$(PORT)/                (PORT=n)' \
	  'make test     everything: style, types, import contract, tests' \
	  'make lint     the same without the tests' \
	  'make bench    work, rows, seconds, floor of the same run, ratio' \
	  'make mutants  broken on purpose: the tests must notice' \
	  'make lock     write the locks anew from requirements/*.in'

install: $(BASE) assets

run: install
	$(BIN)/takhai run $(if $(FRESH),--fresh) $(if $(PROVINCE),--province $(PROVINCE)) $(if $(SEED),--seed $(SEED)) $(if $(ROUNDS),--rounds $(ROUNDS))

serve: install
	exec $(BIN)/takhai serve --port $(PORT)

test: $(DEV) assets lint chromium
	$(BIN)/pytest -n 2 --dist worksteal --cov --cov-report=term:skip-covered

lint: $(DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(DEV) assets
	$(BIN)/python -m bench

mutants: $(DEV) assets
	$(BIN)/python -m tests.mutants

lock: $(TOOLS)
	for name in uv base dev; do \
	  UV_CUSTOM_COMPILE_COMMAND='make lock' $(UV) pip compile --quiet --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
	    $$([ $$name = dev ] && echo '--constraint requirements/base.txt') \
	    requirements/$$name.in --output-file requirements/$$name.txt; \
	done

# Debian's Python refuses `pip install`, so uv comes into a folder of its own.
$(TOOLS):
	@rm -rf .tools; mkdir -p .stamps; rm -f .stamps/tools-*
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action=ignore \
	  --require-hashes --target .tools --requirement requirements/uv.txt
	@touch $@

# Both sync exactly: what is not locked goes. The tools of dev include base, so it stands for both.
define sync
	@mkdir -p .stamps; rm -f .stamps/base-* .stamps/dev-*
	@$(BIN)/python -c '' 2>/dev/null || $(UV) venv --quiet --clear --python $(PYTHON) .venv
	VIRTUAL_ENV=.venv $(UV) pip sync --quiet --require-hashes requirements/$(1).txt
	@pwd | sed 's|$$|/src|' > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/takhai.pth"
	@printf '%s\n' '#!/bin/sh' 'exec "$$(dirname "$$0")/python" -P -m takhai.site "$$@"' > $(BIN)/takhai
	@chmod +x $(BIN)/takhai
endef

$(BASE): $(TOOLS)
	$(call sync,base)
	@touch $(BASE)

$(DEV): $(TOOLS)
	$(call sync,dev)
	@touch $(BASE) $(DEV)

assets: $(ASSETS)
	@for file in $(BUILT); do [ -e $$file ] || { rm -f $(ASSETS); exec $(MAKE) --no-print-directory $(ASSETS); }; done

$(NODE):
	@mkdir -p .stamps; rm -f .stamps/node-*
	cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(ASSETS): $(NODE)
	@rm -f .stamps/assets-*
	cd frontend && npm run --silent build
	@touch $@

chromium:
	@command -v chromium >/dev/null && exit 0; \
	install='apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium'; \
	if [ "$$(id -u)" = 0 ]; then bash -c "$$install"; \
	elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo bash -c "$$install"; \
	else echo "The browser tests need Chromium; run once:  sudo bash -c '$$install'" >&2; exit 1; fi
