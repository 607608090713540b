# Two commands do everything: `make run` and `make test`. `make help` lists the rest.

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
BIN := $(VENV)/bin
UV_VERSION := 0.13.8

# The tests start Django a hundred times: where Python keeps what it compiled, each start takes two seconds, not seven.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help venv run chromium screenshots test test-sqlite test-postgresql test-migrations test-live guide words lighthouse bench-webhook bench-join bench-outbox bench-reconcile bench-hubspot bench-import bench-links bench-admin proof proof-deploy weather lint check format lock

help:  ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

venv: $(VENV)/.installed  ## Make the virtual environment from the locked requirements

$(VENV)/.installed: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "WITS needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "==> Making the virtual environment in $(VENV) (once; about a minute on a new machine)"
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV) || { \
	  echo "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@echo "==> Installing the locked requirements"
	@# uv is fast; pip, which knows this machine's proxies and certificates, is slower and always there.
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip sync --quiet --system-certs --require-hashes requirements-dev.txt || { \
	  echo "==> uv could not; installing with pip (a minute or two)"; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt; }
	@touch $@

run: venv  ## Run everything on this machine: site, worker, sandbox and demonstration (PORT=8000)
	@PORT=$(PORT) $(BIN)/python -m wits_site.run

# Each part says what it is and how long it took, so that a slow or broken one is seen at once.
define part
	@echo "==> $(1)"; start=$$(date +%s); $(2) && echo "    $(1): $$(( $$(date +%s) - start )) s"
endef

test: venv lint check test-sqlite test-postgresql test-migrations test-live  ## Every check and test
	@echo "==> All checks and tests passed"

lint: venv  ## Style, formatting, types and import rules
	$(call part,Style and formatting,$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/djhtml --check --tabwidth 2 templates)
	$(call part,Types,$(BIN)/mypy .)
	$(call part,Import rules,$(BIN)/lint-imports)

# Nothing is read from these: `check` only wants production's settings to be complete.
PRODUCTION := SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
  ALLOWED_HOSTS=wits.example SITE_URL=https://wits.example DATABASE_URL=sqlite:///:memory: STATIC_ROOT=static-root \
  MEDIA_ROOT=media-root EMAIL_URL=smtp://127.0.0.1:25 DEFAULT_FROM_EMAIL=hello@wits.example \
  ALERT_EMAILS=executives@wits.example STRIPE_SECRET_KEY=rk_live_example STRIPE_WEBHOOK_SECRET=whsec_example \
  HUBSPOT_ACCESS_TOKEN=pat-example DJANGO_SETTINGS_MODULE=wits_site.settings.production

check: venv  ## Django's own checks, also with production's settings, and migrations that are missing
	$(call part,Checks,$(BIN)/python manage.py check --settings wits_site.settings.test)
	$(call part,Checks for production,$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING)
	$(call part,Migrations are complete,$(BIN)/python manage.py makemigrations --check --dry-run --settings wits_site.settings.test)

test-sqlite: venv  ## The tests on SQLite
	$(call part,Tests on SQLite,TEST_DATABASE=sqlite $(BIN)/python -m pytest -q -n 2)

test-postgresql: venv  ## The tests on PostgreSQL
	$(call part,Tests on PostgreSQL,TEST_DATABASE=postgresql $(BIN)/python -m pytest -q -n 2)

test-migrations: venv  ## Every migration on an empty database
	$(call part,Migrations on an empty database,$(BIN)/python -m pytest -q --migrations -m migrations)

# The processes mostly wait (for leases, for a restart): four at once keep two cores busy.
test-live: venv chromium  ## Real processes, killed at the worst moments, and the journeys of people in a real Chromium
	$(call part,Processes and browser,$(BIN)/python -m pytest -q -m "processes or browser" -n 4 --dist loadfile --no-loadscope-reorder)

# Never silently without: the browser tests need one, from the distribution or Playwright's own.
chromium: venv
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "==> Installing Chromium" && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || \
	  { echo "==> Fetching Playwright's Chromium" && $(BIN)/playwright install chromium; } || \
	  { echo "No Chromium: install it with your package manager, then try again."; exit 1; }

screenshots: venv chromium  ## Pictures of every template, at three widths, by day and night (README=1: those of the README)
	@$(BIN)/python -m wits_site.screenshots $(if $(README),--readme)

guide: venv chromium  ## The pictures of the editors' guide, from the real admin (SUBJECTS="change-the-price")
	@$(BIN)/python -m wits_site.guide $(SUBJECTS)

words: venv  ## Wagtail's words as we say them, after a change in wits_site/locale (needs msgfmt, of gettext)
	@msgfmt --check-format -o wits_site/locale/en/LC_MESSAGES/django.mo wits_site/locale/en/LC_MESSAGES/django.po

lighthouse: venv chromium  ## Lighthouse's scores of four pages, with production's settings: 98, 100, 100, 100 (RUNS=5)
	@$(BIN)/python -m wits_site.lighthouse

bench-webhook: venv  ## Measure the webhook on both databases, beside stock settings
	@$(BIN)/python -m wits_site.benchmarks.webhook

bench-join: venv  ## Measure what the join form's POST costs besides Stripe's own time
	@$(BIN)/python -m wits_site.benchmarks.join

bench-outbox: venv  ## Measure how many deliveries a second one worker makes, and its memory
	@$(BIN)/python -m wits_site.benchmarks.outbox

bench-reconcile: venv  ## Measure comparing 10,000 payments with Stripe: under two minutes and 200 MB
	@$(BIN)/python -m wits_site.benchmarks.reconcile

bench-hubspot: venv  ## Measure how 5,000 members reach HubSpot: under six minutes and within its limits
	@$(BIN)/python -m wits_site.benchmarks.contacts

bench-import: venv  ## Measure an import of 5,000 members, with visitors who join meanwhile: under a minute
	@$(BIN)/python -m wits_site.benchmarks.imports

bench-links: venv  ## Measure a night's look at 500 links: under five minutes, each site asked one thing at a time
	@$(BIN)/python -m wits_site.benchmarks.links

bench-admin: venv chromium  ## Measure the editor of the longest page (1.5 s) and the explorer with 1,000 pages (500 ms)
	@$(BIN)/python -m wits_site.benchmarks.admin

proof: venv  ## Prove the whole table of faults, for about an hour; ROWS="any-order gaps" runs some anew
	@$(BIN)/python -m wits_site.proof $(ROWS)

proof-deploy: venv chromium  ## Prove the server: a machine from nothing, with systemd; ROWS="zero-loss" runs some (root)
	@$(BIN)/python -m wits_site.proof_deploy $(ROWS)

LIVES ?= 1000

weather: venv  ## Live through payments in every weather, LIVES=1000 times, on PostgreSQL; for about half an hour
	@WEATHER_LIVES=$(LIVES) TEST_DATABASE=postgresql $(BIN)/python -m pytest -q wits_site/tests/weather

format: venv  ## Format the code
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format . ; $(BIN)/djhtml --tabwidth 2 templates

lock: venv  ## Resolve requirements*.in into the hashed lock files
	@$(BIN)/python -m pip install --quiet uv==$(UV_VERSION)
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header requirements.in -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header -c requirements.txt requirements.in requirements-dev.in -o requirements-dev.txt
	@echo "uv==$(UV_VERSION)" | $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header -c - deploy/tools.in -o deploy/tools.txt
