# The front door: `make help` lists what there is. Each target does all the set-up it needs by itself.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PREFIX ?= /usr/local
# A module that imports what it did not declare is an error: the build keeps the arrows between modules.
SWIFTFLAGS := --explicit-target-dependency-import-check error
SOURCES := Package.swift Sources Tests
# The tools of this checkout come before whatever else the machine has.
export PATH := $(CURDIR)/.tools/bin:$(PATH)

.PHONY: help demo build test test-fast soak test-live check lint format goldens bench tools clean install uninstall

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: build tools ## a whole class in the sandbox: planned, priced, provisioned, found unchanged, taken down
	@scripts/demo .build/release/aula

build: ## the release binary, .build/release/aula
	@scripts/build $(SWIFTFLAGS)

test: tools ## all tests, against the sandbox, with the real kubectl, az and HTTP
	@scripts/test $(SWIFTFLAGS)

test-fast: ## the tests that need neither kubectl, az nor a sandbox beside them: for the minute after a change
	@scripts/test --skip EndToEndTests $(SWIFTFLAGS)

soak: ## a hundred seeded schedules of kills and suspensions, each of which must leave the class as if nothing had been
	AULA_SOAK_SEEDS=$${AULA_SOAK_SEEDS:-1..100} scripts/test --filter AulaCLITests.SoakTests $(SWIFTFLAGS)

test-live: tools ## what must hold in any Kubernetes, in the cluster that KUBECONFIG names; leaves nothing there
	@scripts/test-live $(SWIFTFLAGS)

check: lint goldens-unchanged test ## lint, drift of goldens, tests

lint: ## the style that `make format` writes
	swift format lint --strict --parallel --recursive $(SOURCES)

format: ## rewrite the sources in the project's style
	swift format --in-place --parallel --recursive $(SOURCES)

goldens: tools ## rewrite the expected outputs under Tests; review the diff
	AULA_UPDATE_GOLDENS=1 swift test --disable-xctest $(SWIFTFLAGS) \
	    --filter AulaReportTests --filter AulaTemplatesTests --filter ReferencePageTests --filter EndToEndTests.GoldenTests
	@git status --short -- ':(glob)Tests/**/Goldens/**' docs/cohort-file.md

bench: build tools ## how fast aula is, beside kubectl, and Helm where it is installed
	@scripts/bench .build/release/aula

tools: ## kubectl, az and the tests' Python clients, where they are missing, into .tools
	@scripts/tools

install: build ## aula with documents, examples, completions and manual page into PREFIX (/usr/local)
	@PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" scripts/install .build/release/aula

uninstall: ## take away what `make install` put there
	@PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" scripts/install --uninstall

clean: ## remove what was built; .tools stays
	rm -rf .build

.PHONY: goldens-unchanged
# Outputs that no longer match their golden fail as tests; this finds goldens that were rewritten and not committed.
goldens-unchanged:
	@drift=$$(git status --porcelain -- ':(glob)Tests/**/Goldens/**'); \
	if [[ -n $$drift ]]; then echo "Goldens differ from the last commit:"; echo "$$drift"; exit 1; fi; \
	echo "Goldens are as committed."
