# One command equals CI: .ci/run calls lint and test, and nothing else.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test lint picture clean

demo: $(READY)
	$(BIN)/baliebot demo

# Three processes, as many tests wait for others.
test: $(READY)
	$(BIN)/python -m pytest --numprocesses 3 --dist worksteal --cov --cov-report=term

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# The picture in the README; needs Chromium, as the tests do.
picture: $(READY)
	$(BIN)/python -m tests.page.picture docs/demo.png

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .coverage
