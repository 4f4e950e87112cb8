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
# The record that `make calibrate` fits to.
FIRE    := $(or $(PRECINCT_DATA),../shared/data)/sf/sf_fire_calls_2020-04.csv.gz
# What `make fuzz` spends on each target, in seconds.
FUZZ_TIME := 60
# Shifts that `make soak` goes through, from SEED on.
SHIFTS  := 50000
# How many more parts of all mutants `make mutants` tries of each crate; all that are left if it is empty.
PARTS   :=

PRECINCT := $(CARGO) run --quiet $(LOCKED) --profile quick --package precinct-cli --

PROOF := $(CARGO) run --quiet $(LOCKED) --profile quick --package precinct-proof --

.DEFAULT_GOAL := help
# Seconds of the paced load that `make load` puts on a served city: an hour is 3600.
LOAD_TIME := 20
# How fast `make run` plays a day.
SPEED   := 60
.PHONY: help pages browser bench-console pictures run cover calibrate test check proof bench bench-peers fuzz soak coverage mutants faults power-cut gdal load api-fuzz oidc

help: ## list the targets
	@printf 'make TARGET, where TARGET is one of\n\n'
	@sed -nE 's/^([a-z-]+):.*## (.*)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16
	@printf '\nSettings: CITY=path SPEED=%s MINUTES=%s SEED=%s PEOPLE=%s FUZZ_TIME=%s\n' '$(SPEED)' '$(MINUTES)' '$(SEED)' '$(PEOPLE)' '$(FUZZ_TIME)'

pages: ## build the console and the crew's page, where anything changed
	@$(STAGE) pages scripts/pages

run: pages ## build, make a city if none is given, serve it and play a day on it; CITY= a folder or an OpenStreetMap extract, SPEED= how fast
	@$(STAGE) build $(CARGO) build $(LOCKED) --profile quick --package precinct-cli
ifndef CITY
	@test -d $(OUT)/city || $(STAGE) 'generate a city' $(PRECINCT) city generate --seed $(SEED) --people $(PEOPLE) -o $(OUT)/city
endif
	@scripts/run "$${CARGO_TARGET_DIR:-target}/quick/precinct" '$(or $(CITY),$(OUT)/city)' '$(OUT)/run-$(notdir $(patsubst %/city.toml,%,$(or $(CITY),city)))' $(SPEED)

cover: ## build, then show how much of a city is within 1, 3 and 5 minutes; CITY= a folder or an OpenStreetMap extract
	@$(STAGE) build $(CARGO) build $(LOCKED) --profile quick --package precinct-cli
ifndef CITY
	@test -d $(OUT)/city || $(STAGE) 'generate a city' $(PRECINCT) city generate --seed $(SEED) --people $(PEOPLE) -o $(OUT)/city
endif
	@mkdir -p $(OUT)
	@$(STAGE) coverage $(PRECINCT) coverage '$(or $(CITY),$(OUT)/city)' --minutes $(MINUTES) --map $(OUT)/coverage.svg
	@printf '\nThe picture is %s\n' '$(OUT)/coverage.svg'

calibrate: ## fit San Francisco's fire brigade to its record of April 2020 and score it on days held out; the figures of docs/calibration.md
	@$(STAGE) build $(CARGO) build $(LOCKED) --profile quick --package precinct-cli
	@mkdir -p $(OUT)
	@$(PRECINCT) calibrate cities/san-francisco-fire --responses $(FIRE) -o $(OUT)/calibration.toml
	@$(PRECINCT) forecast cities/san-francisco-fire --calls $(FIRE) -o $(OUT)/forecast.csv

test: ## everything CI runs: the pages, check, then documentation, doc examples, tests, proof, oidc, and the pages in a browser
	@$(STAGE) pages scripts/pages check
	@$(MAKE) --no-print-directory check
	@$(STAGE) 'documentation' env RUSTDOCFLAGS='-D warnings' $(CARGO) doc $(LOCKED) --workspace --no-deps --document-private-items
	@$(STAGE) 'doc examples' $(CARGO) test $(LOCKED) --workspace --doc --quiet
	@if $(CARGO) nextest --version >/dev/null 2>&1; \
	then $(STAGE) tests $(CARGO) nextest run $(LOCKED) --workspace --no-fail-fast --status-level fail --final-status-level fail; \
	else $(STAGE) tests $(CARGO) test $(LOCKED) --workspace --lib --bins --tests --no-fail-fast; \
	fi
	@$(MAKE) --no-print-directory proof
	@$(MAKE) --no-print-directory oidc
	@$(MAKE) --no-print-directory browser

browser: ## the pages in a real browser on served towns; installs Chromium where apt can; FILE= for one file of web/e2e
	@$(STAGE) pages scripts/pages
	@$(STAGE) 'build' $(CARGO) build --quiet $(LOCKED) --profile quick --package precinct-cli
	@$(STAGE) 'browser' env PRECINCT="$${CARGO_TARGET_DIR:-target}/quick/precinct" node web/scripts/test.mjs $(FILE)

bench-console: ## how soon the console is there, how much script a frame takes, how long a record takes to be seen; UNITS= SECONDS= and MINUTES= of watching its memory
	@$(STAGE) pages scripts/pages
	@$(STAGE) 'build' $(CARGO) build --quiet $(LOCKED) --profile quick --package precinct-cli
	@$(STAGE) 'bench console' env PRECINCT="$${CARGO_TARGET_DIR:-target}/quick/precinct" MINUTES='$(if $(filter file,$(origin MINUTES)),,$(MINUTES))' node web/e2e/measure.mjs

pictures: ## take the pictures of the README from the day that is played
	@$(STAGE) pages scripts/pages
	@$(STAGE) 'build' $(CARGO) build --quiet $(LOCKED) --profile quick --package precinct-cli
	@$(STAGE) 'pictures' env PRECINCT="$${CARGO_TARGET_DIR:-target}/quick/precinct" node web/e2e/show.mjs

proof: ## what CI proves of the record: 2,000 shifts, faults at every fifth storage call, power cuts
	@$(STAGE) 'build shifts' $(CARGO) build --quiet $(LOCKED) --profile quick --package precinct-cli --package precinct-proof
	@$(STAGE) '2,000 shifts' $(PRECINCT) sim run --seeds 2000
	@$(STAGE) 'storage faults' $(PROOF) faults --every 5
	@$(STAGE) 'power cuts' $(PROOF) power-cut --images 300

check: ## formatting, lints, and the repository's own rules
	@$(STAGE) formatting $(CARGO) fmt --all --check
	@$(STAGE) lints $(CARGO) clippy $(LOCKED) --workspace --all-targets -- -D warnings
	@$(STAGE) house $(CARGO) run --quiet $(LOCKED) --package precinct-house

bench: ## measure Precinct alone, with its answers asserted
	@for what in roads advice positions gazetteer tiles; do \
		$(STAGE) "bench $$what" $(CARGO) run --quiet $(LOCKED) --profile bench --package precinct-bench -- $$what || exit 1; \
	done
	@$(STAGE) 'bench planner' $(CARGO) run --quiet $(LOCKED) --profile quick --package precinct-bench -- planner
	@mkdir -p $(OUT)
	@$(STAGE) 'bench record' $(CARGO) run --quiet $(LOCKED) --profile bench --package precinct-bench -- record --folder $(OUT)

bench-peers: ## measure Precinct beside other programs, in one run on one machine
	@$(STAGE) 'bench peers' bench/peers/run

fuzz: ## fuzz every reader of outside input for FUZZ_TIME seconds each; installs cargo-fuzz if it is missing
	@$(STAGE) fuzz scripts/fuzz $(FUZZ_TIME)

soak: ## go through SHIFTS shifts from SEED on, each held against what must always hold; then an hour of load on a served city
	@$(STAGE) soak $(PRECINCT) sim run --seed $(SEED) --seeds $(SHIFTS)
	@$(MAKE) --no-print-directory load LOAD_TIME=3600

load: ## put load on a served city over HTTP for LOAD_TIME seconds, then as much as it takes, kill it, look whether anything is missing; then slow its disk down
	@$(STAGE) 'build' $(CARGO) build --quiet $(LOCKED) --profile quick --package precinct-cli --package precinct-bench
	@$(STAGE) load $(CARGO) run --quiet $(LOCKED) --profile quick --package precinct-bench -- served --seconds $(LOAD_TIME)

api-fuzz: ## ask a served town everything its document allows and much it does not; no answer may be a 500
	@$(STAGE) 'build' $(CARGO) build --quiet $(LOCKED) --profile quick --package precinct-cli
	@$(STAGE) 'api fuzz' scripts/api-fuzz

oidc: ## have people sign in to a served town through a real provider, by every way that goes through or is refused
	@$(STAGE) 'build' $(CARGO) build --quiet $(LOCKED) --profile quick --package precinct-cli
	@$(STAGE) 'sign-in provider' env PRECINCT="$${CARGO_TARGET_DIR:-target}/quick/precinct" scripts/oidc/run

faults: ## fail, cut short or kill a writer at every one of its storage calls
	@$(STAGE) 'storage faults' $(PROOF) faults

power-cut: ## rebuild what the disk could hold after a power cut at any moment of a run, and open it
	@$(STAGE) 'power cuts' $(PROOF) power-cut --images 3000

gdal: ## have GDAL read a served town over OGC API – Features and compare the counts; installs gdal-bin if it is missing
	@$(STAGE) gdal scripts/gdal

coverage: ## how much of the core and the journal their tests go through, by branch
	@$(STAGE) coverage scripts/coverage

mutants: ## change the core and the journal in every small way and count what no test notices; goes on where it was stopped; PARTS=2 for two more parts
	@$(STAGE) mutants scripts/mutants $(PARTS)
