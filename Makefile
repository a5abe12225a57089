# `make` lists the targets. A newcomer needs two: `make run` and `make test`.

SHELL := /bin/sh
.DEFAULT_GOAL := help
CARGO ?= cargo

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sort \
		| awk -F ':.*## ' '{ printf "  %-14s %s\n", $$1, $$2 }'

.PHONY: run
run: ## Run the service with nothing else installed, on http://127.0.0.1:8080
	$(CARGO) run --package reelmark -- serve

.PHONY: run-full
run-full: ## Run it on PostgreSQL, Redis and RabbitMQ, started on private ports and stopped with it
	@./scripts/install-test-servers.sh
	$(CARGO) build --package reelmark
	./scripts/run-full.sh

.PHONY: test
test: ## Run every test, on real servers that it installs, starts and stops itself
	@./scripts/install-test-servers.sh
	$(CARGO) test --workspace --all-features --no-fail-fast

.PHONY: test-quick
test-quick: ## Run the unit tests alone, which need no servers
	$(CARGO) test --workspace --all-features --lib

.PHONY: check
check: fmt clippy arch doc ## Run every static check

.PHONY: fmt
fmt: ## Check the formatting
	$(CARGO) fmt --all --check

.PHONY: clippy
clippy: ## Lint everything; a warning is an error
	$(CARGO) clippy --workspace --all-targets --all-features -- --deny warnings

.PHONY: arch
arch: ## Prove that every dependency points the right way
	@./scripts/check-architecture.sh

.PHONY: doc
doc: ## Build the documentation of all crates; a broken link is an error
	RUSTDOCFLAGS='--deny warnings' $(CARGO) doc --workspace --no-deps --document-private-items

.PHONY: openapi
openapi: ## Write openapi.json anew from the handlers
	$(CARGO) run --quiet --package reelmark -- openapi > target/openapi.json
	cp target/openapi.json openapi.json

.PHONY: openapi-lint
openapi-lint: ## Validate openapi.json with two independent validators (needs Python and Node)
	./scripts/lint-openapi.sh

.PHONY: web-check
web-check: web-tools ## Check types and style of the web app, and that its types are those of the API (needs Node)
	cd crates/web-ui && node tools/write-types.mjs ../../openapi.json types/api.d.ts --check
	cd crates/web-ui && npm run --silent check

.PHONY: web-types
web-types: ## Write the web app's types anew from openapi.json (needs Node)
	cd crates/web-ui && node tools/write-types.mjs ../../openapi.json types/api.d.ts

.PHONY: web-tools
web-tools:
	cd crates/web-ui && npm ci --silent --no-audit --no-fund

.PHONY: web-dev
web-dev: ## Show the web app from its source files on port 8081, beside `make run` (needs Node)
	node scripts/web-dev.mjs

.PHONY: deny
deny: ## Check licences, sources and advisories of all dependencies (needs cargo-deny)
	$(CARGO) deny check

.PHONY: coverage
coverage: ## Measure the tests' coverage (needs cargo-llvm-cov)
	@./scripts/install-test-servers.sh
	$(CARGO) llvm-cov --workspace --all-features --fail-under-lines 80

# Two builds, so that what the benchmarks need of a library never ends up in what ships.
.PHONY: bench
bench: ## Compare the speed with references, and write docs/BENCHMARKS.md (BENCH='--only writes')
	@./scripts/install-bench-tools.sh
	$(CARGO) build --release --package reelmark
	$(CARGO) build --release --package reelmark-bench
	target/release/reelmark-bench run --write docs/BENCHMARKS.md $(BENCH)

.PHONY: bench-smoke
bench-smoke: ## See in two minutes whether the benchmarks work; judges nothing
	@./scripts/install-bench-tools.sh
	$(CARGO) build --release --package reelmark
	$(CARGO) build --release --package reelmark-bench
	target/release/reelmark-bench run --smoke $(BENCH)

.PHONY: chaos
chaos: ## Kill every part again and again under load, and compare the books (CHAOS_ROUNDS=10)
	@./scripts/install-test-servers.sh
	$(CARGO) test --package reelmark --test blackbox $(if $(filter 1,$(CHAOS_RELEASE)),--release) -- \
		--ignored --test-threads 1 chaos

.PHONY: ml-100k
ml-100k: ## Fetch MovieLens' ml-100k into target/, for the tests that read it (needs Python)
	./scripts/fetch-ml-100k.sh

.PHONY: image
image: ## Build the container image (needs Docker)
	docker build --file docker/Dockerfile --tag reelmark .
