# The doors of the repository. What they do is in crates/xtask; here are only their names.
# `make help` lists them.

SHELL := /bin/bash
.DEFAULT_GOAL := help
xtask := cargo run --quiet --locked --package xtask --
guanxi := cargo run --quiet --locked --release --package server --bin guanxi --

.PHONY: help demo build web test tidy setup bench soak screens clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: web ## Build everything and serve a living demo firm from ./demo-data
	$(guanxi) demo --dir demo-data --seed 7 --scale 1

build: web ## Build the web UI and the binary (release)
	cargo build --locked --release --package server --bin guanxi

web: ## Build the web UI, which the binary embeds
	$(xtask) web

test: setup ## Run every check: rules, format, lints, web, tests on both databases, browser
	@$(xtask) test

tidy: ## Check the rules of the house alone
	@$(xtask) tidy

setup: ## Install what building and testing need, or say what to install
	@$(xtask) setup

bench: web ## Measure speed against its floors (release)
	cargo bench --locked --workspace --bench '*'

soak: ## Run the tests of hours, in modules called `soak` (release)
	cargo nextest run --locked --release --workspace --profile soak

screens: build ## Take a screenshot of every screen in both languages, into ./screens
	$(xtask) screens

clean: ## Remove what was built, and the demo firm
	cargo clean
	rm -rf web/dist web/node_modules e2e/node_modules e2e/test-results screens demo-data
