# The two commands: `make run` and `make test`. Both build what they need first.
.PHONY: run test lint articles unit bot chain lock clean browser environments prepared

PY := .venv/bin/python
PYTEST := $(PY) -m pytest

run: environments
	@$(PY) scripts/run.py

test: environments lint prepared articles unit bot chain

environments:
	@python3 scripts/bootstrap.py

prepared: environments
	@$(PY) scripts/prepare.py

lint:
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	PYTHONPATH=. .venv/bin/lint-imports

articles:
	$(PY) -m knowledge check

unit:
	$(PYTEST) tests/unit tests/property tests/store tests/knowledge

bot:
	@scripts/rasa.sh data validate --config config.yml --domain bot/domain --data bot/nlu bot/rules --fail-on-warnings
	@scripts/rasa.sh test core --model var/models/assistant.tar.gz --stories bot/stories --out var/results --fail-on-prediction-errors

chain: browser
	$(PYTEST) tests/chain tests/browser

browser:
	@scripts/browser.sh

lock:
	@python3 scripts/bootstrap.py tools
	@scripts/lock.sh

clean:
	rm -rf .venv .venv-rasa var
