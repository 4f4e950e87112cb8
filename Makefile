# Precinct. `make help` lists what there is. CI runs `make test` and nothing else.

SHELL   := bash
STAGE   := scripts/stage
# Continuous integration builds with the lock file as it is; so does everybody.
CARGO   := cargo
LOCKED  := --locked
# What hands over figures and pictures.
OUT     := build
MINUTES := 1,3,5
PEOPLE  := 300000
SEED    := 1
# What `make fuzz` spends on each target, in seconds.
FUZZ_TIME := 60

PRECINCT := $(CARGO) run --quiet $(LOCKED) --profile quick --package precinct-cli --

.DEFAULT_GOAL := help
.PHONY: help run test check bench bench-peers fuzz

help: ## list the targets
	@printf 'make TARGET, where TARGET is one of\n\n'
	@sed -nE 's/^([a-z-]+):.*## (.*)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16
	@printf '\nSettings: CITY=path MINUTES=%s SEED=%s PEOPLE=%s FUZZ_TIME=%s\n' '$(MINUTES)' '$(SEED)' '$(PEOPLE)' '$(FUZZ_TIME)'

run: ## build, then show how much of a city is within 1, 3 and 5 minutes; CITY= a folder or an OpenStreetMap extract
	@$(STAGE) build $(CARGO) build $(LOCKED) --profile quick --package precinct-cli
ifndef CITY
	@$(STAGE) 'generate a city' $(PRECINCT) city generate --seed $(SEED) --people $(PEOPLE) -o $(OUT)/city
endif
	@mkdir -p $(OUT)
	@$(STAGE) coverage $(PRECINCT) coverage '$(or $(CITY),$(OUT)/city)' --minutes $(MINUTES) --map $(OUT)/coverage.svg
	@printf '\nThe picture is %s\n' '$(OUT)/coverage.svg'

test: check ## everything CI runs: check, then documentation, doc examples and tests
	@$(STAGE) 'documentation' env RUSTDOCFLAGS='-D warnings' $(CARGO) doc $(LOCKED) --workspace --no-deps --document-private-items
	@$(STAGE) 'doc examples' $(CARGO) test $(LOCKED) --workspace --doc --quiet
	@if $(CARGO) nextest --version >/dev/null 2>&1; \
	then $(STAGE) tests $(CARGO) nextest run $(LOCKED) --workspace --no-fail-fast --status-level fail --final-status-level fail; \
	else $(STAGE) tests $(CARGO) test $(LOCKED) --workspace --lib --bins --tests --no-fail-fast; \
	fi

check: ## formatting, lints, and the repository's own rules
	@$(STAGE) formatting $(CARGO) fmt --all --check
	@$(STAGE) lints $(CARGO) clippy $(LOCKED) --workspace --all-targets -- -D warnings
	@$(STAGE) house $(CARGO) run --quiet $(LOCKED) --package precinct-house

bench: ## measure Precinct alone, with its answers asserted
	@$(STAGE) bench $(CARGO) run --quiet $(LOCKED) --profile bench --package precinct-bench -- roads

bench-peers: ## measure Precinct beside other programs, in one run on one machine
	@$(STAGE) 'bench peers' bench/peers/run

fuzz: ## fuzz every reader of outside input for FUZZ_TIME seconds each; installs cargo-fuzz if it is missing
	@$(STAGE) fuzz scripts/fuzz $(FUZZ_TIME)
