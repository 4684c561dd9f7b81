# One command for each job; `make help` lists them. Everything made stands in .venv, dbt_packages,
# target, logs and tests/dashboard/node_modules, none of it in git.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

PYTHON_VERSION := 3.11
PYTHON ?= $(or $(shell command -v python$(PYTHON_VERSION)),python3)
BIN := .venv/bin
DEMO_DATA := target/demo_data
# The same in an eighth of the size, for lint and most tests.
DEMO_CUT := target/demo_cut
ARGS ?=
QUERY ?= --saved-query channel_assists
SESSIONS ?= 1000000
HISTORIES ?= 200
DASHBOARD_PORT ?= 8088

# The defaults are those of profiles.yml; an empty variable counts as unset.
export ATTRIBUTION_DB := $(or $(ATTRIBUTION_DB),target/attribution.duckdb)
export ATTRIBUTION_RAW_DIR := $(or $(ATTRIBUTION_RAW_DIR),$(DEMO_DATA))
export DBT_PROFILES_DIR := .
export DBT_SEND_ANONYMOUS_USAGE_STATS := false

# Stamps carry a checksum of what they were made from, in their names: a change of content makes
# them missing, whatever a checkout does to the files' times.
comma := ,
checksum = $(shell cat $(1) /dev/null | cksum | tr ' ' '-')
LOCKS := requirements.txt requirements-dev.txt
PACKAGES := packages.yml package-lock.yml scripts/install_dbt_packages.py
DEMO_SCRIPTS := $(wildcard scripts/make_demo_data.py scripts/demo_data/*.py)
VENV_STAMP := .venv/.installed-$(call checksum,$(LOCKS))
PACKAGES_STAMP := dbt_packages/.installed-$(call checksum,$(PACKAGES))
POSTGRES_VENV := target/postgres_venv
POSTGRES_LOCK := requirements-postgres.txt
POSTGRES_STAMP := $(POSTGRES_VENV)/.installed-$(call checksum,$(POSTGRES_LOCK))
ENGINES_VENV := target/engines_venv
ENGINES_LOCK := requirements-engines.txt
ENGINES_STAMP := $(ENGINES_VENV)/.installed-$(call checksum,$(ENGINES_LOCK))
SPARK_VENV := target/spark_venv
SPARK_LOCK := requirements-spark.txt
SPARK_STAMP := $(SPARK_VENV)/.installed-$(call checksum,$(SPARK_LOCK))
REPORT_LIBRARY := target/report_library
REPORT_STAMP := $(REPORT_LIBRARY)/.installed-$(call checksum,requirements-report.txt)
DASHBOARD_VENV := target/dashboard_venv
DASHBOARD_LOCK := requirements-dashboard.txt
DASHBOARD_STAMP := $(DASHBOARD_VENV)/.installed-$(call checksum,$(DASHBOARD_LOCK))
PUBLISHED := target/published/attribution.duckdb
BROWSER_TESTS := tests/dashboard
NODE_STAMP := $(BROWSER_TESTS)/node_modules/.installed-$(call checksum,$(BROWSER_TESTS)/package-lock.json)
SEMANTIC_VENV := target/semantic_venv
WITH_METRICS := semantic_layer: true
SEMANTIC_LOCK := requirements-semantic.txt
SEMANTIC_STAMP := $(SEMANTIC_VENV)/.installed-$(call checksum,$(SEMANTIC_LOCK))
DEMO_STAMP := $(DEMO_DATA)/.made-$(call checksum,$(DEMO_SCRIPTS))
DEMO_CUT_STAMP := $(DEMO_CUT)/.made-$(call checksum,$(DEMO_SCRIPTS))

# By another name, so that `make -n test` doesn't run it and take the dry run for a success.
SUBMAKE := $(MAKE) --no-print-directory
UNLESS_UNCHANGED := $(BIN)/python scripts/unless_unchanged.py
QUICK_DBT := $(BIN)/python -P tests/python/quick_dbt.py --log-level-file none
# Tests and lint never see the user's own data or database. Of their small tables, dbt builds two at a
# time.
TEST_ENV := ATTRIBUTION_RAW_DIR=$(DEMO_CUT) ATTRIBUTION_DB=target/test/attribution.duckdb \
	DBT_TARGET_PATH=target/test DBT_LOG_PATH=target/test/logs ATTRIBUTION_THREADS=2
# Adapters are off unless they are named; their unit tests run with all of them on.
ALL_ADAPTERS := $(patsubst %,%: {}$(comma),$(filter-out united,$(notdir $(wildcard models/sources/*))))
ADAPTERS_ENV := ATTRIBUTION_RAW_DIR=integration_tests/samples ATTRIBUTION_DB=target/test_adapters/attribution.duckdb \
	DBT_TARGET_PATH=target/test_adapters DBT_LOG_PATH=target/test_adapters/logs ATTRIBUTION_THREADS=2
# (The warning is about sqlfluff's own worker processes, at their end.)
LINT_ENV := ATTRIBUTION_RAW_DIR=$(DEMO_CUT) ATTRIBUTION_DB=:memory: \
	DBT_TARGET_PATH=target/lint DBT_LOG_PATH=target/lint/logs \
	PYTHONWARNINGS=ignore::UserWarning:multiprocessing.resource_tracker

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-17s %s\n", $$1, $$2}'

.PHONY: build
build: setup $(if $(filter $(DEMO_DATA),$(ATTRIBUTION_RAW_DIR)),demo) ## Set up and build all models; ARGS="..." goes to dbt, FORCE=1 runs unchanged input again, QUIET=1 prints a line a minute
	@mkdir -p "$$(dirname "$$ATTRIBUTION_DB")"
	@$(UNLESS_UNCHANGED) --stamp target/.built --reads "$$ATTRIBUTION_RAW_DIR" --makes "$$ATTRIBUTION_DB" -- \
		$(if $(QUIET),$(BIN)/python scripts/build_quietly.py --) \
		$(BIN)/dbt build --exclude-resource-type unit_test $(ARGS)
	@$(SUBMAKE) publish

.PHONY: publish
publish: $(VENV_STAMP) ## Publish a copy of the built database that BI tools may keep open, if it has changed
	@$(BIN)/python scripts/publish.py "$$ATTRIBUTION_DB" $(PUBLISHED)

.PHONY: dashboard
dashboard: $(DASHBOARD_STAMP) $(if $(wildcard $(ATTRIBUTION_DB)),publish,build) ## Start the dashboards on what is built, on 127.0.0.1:DASHBOARD_PORT=8088
	@$(DASHBOARD_VENV)/bin/python dashboards/start.py $(PUBLISHED) --port $(DASHBOARD_PORT)

.PHONY: dashboard-assets
dashboard-assets: $(VENV_STAMP) ## Write dashboards/superset anew, after a change of dashboards/definitions
	$(BIN)/python dashboards/make_assets.py

.PHONY: report
report: setup $(REPORT_STAMP) ## Write target/report.html, one page for readers without SQL, from the built tables; ARGS="..." goes to scripts/make_report.py
	@$(BIN)/python scripts/make_report.py --library $(REPORT_LIBRARY) $(ARGS)

# The charts' JavaScript is data to the report, not a package of the environment that dbt runs in.
$(REPORT_STAMP): | $(VENV_STAMP)
	@rm -rf $(REPORT_LIBRARY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --target $(REPORT_LIBRARY) --requirement requirements-report.txt
	@touch $@

.PHONY: test
test: setup demo-cut ## Set up and run every check and test; FORCE=1 runs an unchanged tree again
	@$(UNLESS_UNCHANGED) --stamp target/.tested --reads $(DEMO_CUT) -- $(SUBMAKE) run-tests

# Lint beside unit tests, for dbt fills one core only. pytest runs last: its closing line is what an
# unchanged tree is answered with.
.PHONY: run-tests
run-tests:
	@$(SUBMAKE) --jobs 2 lint unit-tests
	$(TEST_ENV) $(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# Unit tests bring their own rows, so their models stay empty.
.PHONY: unit-tests
unit-tests: setup demo-cut
	@mkdir -p target/test
	$(TEST_ENV) $(QUICK_DBT) build --empty --exclude-resource-type test
	@mkdir -p target/test_adapters
	$(ADAPTERS_ENV) $(QUICK_DBT) build --empty --exclude-resource-type test \
		--select +path:models/sources +rpt_search_topics \
		--exclude $(foreach room,staging intermediate marts,test_type:unit$(comma)path:models/$(room)) \
		--vars '{adapters: {$(ALL_ADAPTERS)}}'

# The package as other projects install it; integration_tests is such a project.
.PHONY: test-package
test-package: setup ## Test the project as an installed package, in the consumer project integration_tests
	@$(UNLESS_UNCHANGED) --stamp target/.package-tested -- \
		$(BIN)/pytest --numprocesses 2 --dist loadfile tests/package

# Older than the DuckDB that the project is locked to, for its extension is a package. The tests skip
# themselves, and say so, where Postgres is neither installed nor can be.
.PHONY: test-postgres
test-postgres: $(POSTGRES_STAMP) setup postgres ## Test raw tables in a Postgres, on an older DuckDB in an environment of its own
	$(TEST_ENV) $(POSTGRES_VENV)/bin/pytest -rs tests/postgres

# A server for tests, installed where it is missing.
.PHONY: postgres
postgres:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || \
		{ apt-get update && apt-get install --yes --no-install-recommends postgresql; } >/dev/null 2>&1 || \
		echo "Postgres is not installed, and apt-get cannot install it: its tests are skipped"

.PHONY: test-engines
test-engines: $(ENGINES_STAMP) setup demo-cut postgres ## Test other engines: Sail and Postgres make the tables that DuckDB makes, five more are compiled for
	$(TEST_ENV) $(ENGINES_VENV)/bin/pytest -rs --numprocesses 2 --dist loadfile tests/engines tests/schedule

# Not part of continuous integration, for it takes most of an hour on two cores.
.PHONY: test-spark
test-spark: $(SPARK_STAMP) setup demo-cut java ## Test Apache Spark: a cluster of two workers makes the tables that DuckDB makes
	$(TEST_ENV) $(SPARK_VENV)/bin/pytest -rs tests/engines/test_spark.py

# Spark 3.5 runs on Java 8, 11 and 17; installed where there is none.
.PHONY: java
java:
	@command -v java >/dev/null 2>&1 || \
		{ apt-get update && apt-get install --yes --no-install-recommends openjdk-17-jre-headless; } >/dev/null 2>&1 || \
		{ echo "Java is needed, and apt-get cannot install it" >&2; exit 1; }

# Most tests use the cut of the demo; its stories and the README's figures stand on the whole.
.PHONY: test-demo
test-demo: setup demo ## Test the stories of the demo data, and that the README quotes its figures
	@$(UNLESS_UNCHANGED) --stamp target/.demo-tested --reads $(DEMO_DATA) -- \
		$(BIN)/pytest tests/demo

.PHONY: test-dashboard
test-dashboard: setup demo-cut chromium $(REPORT_STAMP) $(DASHBOARD_STAMP) $(NODE_STAMP) ## Test report and dashboards in a browser: every chart, filters, figures, and a build while they are open
	$(TEST_ENV) $(BIN)/pytest $(BROWSER_TESTS)

# Of the demo, whatever data the variables name.
.PHONY: screenshots
screenshots: setup chromium $(REPORT_STAMP) $(DASHBOARD_STAMP) $(NODE_STAMP) ## Make the README's pictures in docs/images anew, of report and dashboards on the demo
	@$(SUBMAKE) build ATTRIBUTION_RAW_DIR=$(DEMO_DATA) ATTRIBUTION_DB=target/attribution.duckdb
	@node scripts/screenshots.mjs target/attribution.duckdb

# A headless browser, installed where it is missing.
.PHONY: chromium
chromium:
	@command -v chromium >/dev/null 2>&1 || \
		{ apt-get update && apt-get install --yes --no-install-recommends chromium; } >/dev/null 2>&1 || \
		{ echo "Chromium is needed, and apt-get cannot install it" >&2; exit 1; }

# Packages for browser tests and pictures: playwright-core drives a browser that is installed already.
$(NODE_STAMP):
	npm ci --prefix $(BROWSER_TESTS) --ignore-scripts --silent
	@rm -f $(BROWSER_TESTS)/node_modules/.installed-*
	@touch $@

# The optional semantic layer: `make setup` does not install MetricFlow, and builds leave its few
# tables out unless the setting is on. It reads target/semantic_manifest.json, which any other command
# of dbt writes anew without metrics.
.PHONY: metrics
metrics: $(SEMANTIC_STAMP) ## Build with the semantic layer and ask it; QUERY="--metrics assisted_conversions --group-by channel"
	@$(SUBMAKE) build ARGS="$(ARGS) --vars '$(WITH_METRICS)'"
	@$(BIN)/dbt --quiet parse --vars '$(WITH_METRICS)'
	@$(SEMANTIC_VENV)/bin/mf query --quiet --decimals 4 $(QUERY)

.PHONY: test-semantic
test-semantic: $(SEMANTIC_STAMP) demo-cut ## Test the semantic layer: its metrics must equal the reports
	$(TEST_ENV) $(SEMANTIC_VENV)/bin/pytest tests/semantic

.PHONY: test-histories
test-histories: setup demo-cut ## Test HISTORIES=200 random histories: runs must end where a full build does
	$(TEST_ENV) LONG_HISTORIES=$(HISTORIES) \
		$(BIN)/pytest --numprocesses 2 --dist load tests/python/test_incremental.py

.PHONY: test-statistics
test-statistics: setup demo-cut ## Simulate worlds whose truth is known, and write into docs/data_driven.md how often intervals hold it
	$(TEST_ENV) $(BIN)/python tests/statistics/run.py $(ARGS)

.PHONY: lint
lint: setup demo-cut ## Check SQL, Python and conventions
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(LINT_ENV) $(BIN)/sqlfluff lint

.PHONY: format
format: setup demo-cut ## Format SQL and Python
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(LINT_ENV) $(BIN)/sqlfluff fix

.PHONY: setup
setup: $(VENV_STAMP) $(PACKAGES_STAMP) ## Virtual environment, locked dependencies, dbt packages

python_found = $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)

# The locks are complete, so pip resolves nothing (pip below 23.3 can't match a locked extra).
$(VENV_STAMP):
	$(if $(or $(wildcard $(BIN)/python),$(filter $(PYTHON_VERSION),$(python_found))),,\
		$(error Python $(PYTHON_VERSION) is needed; found $(or $(python_found),none). Set PYTHON=/path/to/python$(PYTHON_VERSION)))
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes $(LOCKS:%=--requirement %)
	@rm -f .venv/.installed-*
	@touch $@

# An environment beside that of dbt on DuckDB, for tools that would not fit into it.
define environment
$($(1)_STAMP): | $(VENV_STAMP)
	test -x $($(1)_VENV)/bin/python || $(BIN)/python -m venv $($(1)_VENV)
	$($(1)_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement $($(1)_LOCK)
	@rm -f $($(1)_VENV)/.installed-*
	@touch $$@
endef
$(foreach name,POSTGRES ENGINES SPARK DASHBOARD SEMANTIC,$(eval $(call environment,$(name))))

# What .ci/run needs: each takes a minute or two of one core, so `make --jobs 2`.
.PHONY: environments
environments: $(POSTGRES_STAMP) $(ENGINES_STAMP) $(DASHBOARD_STAMP) $(SEMANTIC_STAMP)

$(PACKAGES_STAMP): $(VENV_STAMP)
	$(BIN)/python scripts/install_dbt_packages.py
	@rm -f dbt_packages/.installed-*
	@touch $@

.PHONY: demo
demo: $(DEMO_STAMP) ## Make the demo data, if its scripts have changed

$(DEMO_STAMP): | setup
	@rm -rf $(DEMO_DATA)
	$(BIN)/python scripts/make_demo_data.py --out $(DEMO_DATA)
	@touch $@

.PHONY: demo-cut
demo-cut: $(DEMO_CUT_STAMP)

$(DEMO_CUT_STAMP): | setup
	@rm -rf $(DEMO_CUT)
	$(BIN)/python scripts/make_demo_data.py --cut --out $(DEMO_CUT)
	@touch $@

.PHONY: benchmark
benchmark: setup ## Measure time and memory of builds and scheduled runs on SESSIONS=1000000 generated sessions
	$(BIN)/python benchmarks/compare.py --alone --cases --sessions $(SESSIONS)
	$(BIN)/python benchmarks/busy_person.py

.PHONY: benchmark-compare
benchmark-compare: setup ## Compare the cost of builds and scheduled runs with version 0.1; ARGS="..." goes to benchmarks/compare.py
	$(BIN)/python benchmarks/compare.py $(ARGS)

.PHONY: benchmark-ga4
benchmark-ga4: setup ## Measure 10 million events of GA4 beside the same data as raw tables
	$(BIN)/python benchmarks/ga4.py $(ARGS)

.PHONY: benchmark-spark
benchmark-spark: $(SPARK_STAMP) setup java ## Measure a build of SESSIONS=1000000 on Spark with one and two task slots, beside DuckDB
	$(SPARK_VENV)/bin/python benchmarks/spark.py --sessions $(SESSIONS) $(ARGS)

.PHONY: docs
docs: build ## Build the documentation page target/static_index.html, and target/definitions.md
	$(BIN)/dbt docs generate --static
	$(BIN)/python scripts/make_definitions.py

.PHONY: hooks
hooks: setup ## Run quick checks before each commit
	$(BIN)/prek install

COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

.PHONY: lock
lock: $(VENV_STAMP) ## Lock the dependencies anew, after a change of a requirements*.in
	for name in requirements requirements-dev requirements-engines requirements-optional requirements-postgres \
		requirements-report requirements-semantic requirements-spark; do \
		CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) --output-file $$name.txt $$name.in; \
	done
	CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) --pip-args "--uploaded-prior-to 2026-06-01" \
		--output-file requirements-dashboard.txt requirements-dashboard.in

.PHONY: clean
clean: ## Remove what builds and tests made; the environment and the packages stay
	rm -rf target logs
