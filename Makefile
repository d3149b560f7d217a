# The front door. `make run` shows Lykta with example data; `make test` decides whether a change may land.

.PHONY: all run web build test check stress bench interop gen dist clean

all: web build

## Serve the demo at http://localhost:8080 (data in ./data; delete the folder to begin again)
run: web
	cargo build
	@mkdir -p data
	target/debug/lykta demo --database sqlite://data/demo.db

web: web/dist/index.html

web/node_modules/.package-lock.json: web/package-lock.json
	npm --prefix web ci --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/index.html: web/node_modules/.package-lock.json $(shell find web/src web/public web/*.html web/vite.config.ts -type f 2>/dev/null)
	npm --prefix web run build
	@touch $@

build: web
	cargo build

## One binary with the web app inside
dist: web
	cargo build --release
	@asset=$$(ls web/dist/assets | grep -E '\.js$$' | head -n 1); \
	strings target/release/lykta | grep -qF "$$asset" || { echo "the binary does not hold $$asset"; exit 1; }

test:
	tests/tools/tier.sh

## Faults, kills, full disks, slow and hostile clients, against the real binary (minutes; root for the full-disk part)
stress:
	tests/tools/with-postgres.sh cargo test --test stress -- --nocapture --test-threads=1

## Figures for docs/performance.md: 1,000,000 reports in one kommun through the whole program, then the engine beside its rivals
bench: web
	cargo bench --bench bench
	cargo bench --bench engine

## Other people's tools against a running Lykta
interop:
	for tool in tests/interop/*.sh; do $$tool || exit 1; done

## Rewrite what is generated: docs/openapi.json, and from it web/src/api/schema.gen.ts
gen: web/node_modules/.package-lock.json
	LYKTA_BLESS=1 LYKTA_TEST_DB=sqlite cargo test --test it openapi
	npm --prefix web run --silent gen

## The quick part of `make test`
check:
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	npm --prefix web run check
	cargo test --test it tidy

clean:
	rm -rf target web/dist web/node_modules data
