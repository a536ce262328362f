# Two commands are enough: `make run` and `make test`. Everything else is for people who work here.
PYTHON ?= python3
BOOTSTRAP := $(PYTHON) backend/bootstrap.py
MUNDI := .venv/bin/mundi

.PHONY: help run setup test bench proof figures client docs lock clean

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## set up on first use, then serve the studio at http://127.0.0.1:8000 (MUNDI_PORT, MUNDI_DATA)
	@$(BOOTSTRAP) run

setup: ## set up only
	@$(BOOTSTRAP) setup

test: ## check style, types and floors, then run every test
	@$(BOOTSTRAP) test

proof: ## prove the promises slowly: the long forms, on both databases; same bytes everywhere
	@$(BOOTSTRAP) test --proof -m proof -v
	@$(BOOTSTRAP) test --postgres -q tests/api tests/services tests/models tests/worker tests/websocket

bench: ## measure against peers; each figure is a ratio measured in one run
	@$(BOOTSTRAP) bench
	@if command -v npm >/dev/null; then npm ci --silent --prefix bench/physics/peers; fi
	@for one in $$(grep -l __main__ bench/*/*.py); do \
	  echo "== $$one"; .venv/bin/python $$one || echo "$$one did not end well; see the README beside it"; done

figures: setup ## print the rows of the README's table
	@.venv/bin/python bench/figures.py

client: setup ## write the typed client from the API's own description
	@cd backend && ../.venv/bin/python ../clients/python/generate.py

docs: setup ## write the pages of docs that come from tables in the code
	@.venv/bin/python docs/tables.py && .venv/bin/python docs/live.py

lock: ## resolve the dependencies of backend/pyproject.toml again
	@cd backend && pins=; for kind in "" -test -bench; do \
	  ../.venv/bin/uv pip compile pyproject.toml $${kind:+--extra $${kind#-}} $$pins \
	    --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	    --custom-compile-command "make lock" --quiet -o requirements$$kind.lock || exit 1; \
	  pins="$$pins -c requirements$$kind.lock"; done
	@cd backend && echo uv | ../.venv/bin/uv pip compile - \
	    --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	    --custom-compile-command "make lock" --quiet -o requirements-uv.lock

clean: ## remove what set-up made; data stay
	rm -rf .venv build
	find . -name __pycache__ -prune -exec rm -rf {} +
	find . -maxdepth 2 -name '.*_cache' -prune -exec rm -rf {} +
