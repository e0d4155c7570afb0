# Every command sets up what it needs on a fresh Debian or Ubuntu machine. `make serve` and `make test` are the two to know.
#   PYTHON=python3.12 make install     choose the interpreter
#   make serve ARGS="--port 9000"      further options of `chainrule serve`
#   make pytest ARGS="tests/grader -x" a part of the tests

VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
SECONDS ?= 60
COUNT  ?= 10000
ENGINE ?= sqlite
PEERS  := .venv-bench
GRADERS := .venv-graders
SBOM   := .venv-sbom
TORCH  ?= torch==2.13.0+cpu
PIP    := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
# Three workers on two cores: many tests wait, for a lease, a browser or a process that was killed, and the third works then.
# One BLAS thread each: on small matrices more of them only wait for one another.
# Bytecode is kept whatever the shell says: hundreds of processes are started, and each would compile the service anew.
# tests/order.py says which files they begin with.
PYTEST := PYTHONDONTWRITEBYTECODE= OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder

export PIP_ROOT_USER_ACTION := ignore
export DEBIAN_FRONTEND := noninteractive

.PHONY: help install serve test format lint types contracts pytest chromium postgresql sqlite fuzz chaos students slips screenshots texts bench \
	bench-peers bench-graders sbom lock clean
.DEFAULT_GOAL := help

help:            ## list the commands
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

serve: install   ## start the service with the demo course on this machine
	@$(BIN)/chainrule serve --demo $(ARGS)

test: lint types contracts pytest   ## everything that must hold: format, lint, types, import contracts, tests

install: $(STAMP)   ## make .venv from the locked packages, with the chainrule command in it

# Without bubblewrap gradings run at the level `container`, so a machine that cannot have it is no reason to stop.
$(STAMP): requirements-test.lock requirements.lock pyproject.toml
	@.ci/python $(VENV)
	@command -v bwrap >/dev/null || .ci/apt "the sandbox level full" bubblewrap || true
	@echo "Installing the locked packages into $(VENV) (a minute or two the first time)"
	@$(PIP) install --require-hashes -r requirements-test.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

format: install  ## format the code and mend what the linter can
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lint: install    ## formatting and lint
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: install   ## mypy, strict
	@$(BIN)/mypy --num-workers 2

contracts: install   ## who may import whom
	@$(BIN)/lint-imports --no-logo

pytest: install chromium postgresql   ## the tests
	@$(PYTEST) $(ARGS)

chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || .ci/apt "the browser tests" chromium || true

# Without it the tests on PostgreSQL are skipped, say so, and are counted.
postgresql:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || .ci/postgresql || true

sqlite:          # comes with Python

fuzz: $(VENV)/.fuzz   ## search for bytes that harm the frame decoder or the upload intake; SECONDS=60 in all
	@$(BIN)/python -m tests.fuzz.campaign --seconds $(SECONDS)

$(VENV)/.fuzz: $(STAMP) requirements-fuzz.lock
	@$(PIP) install --require-hashes -r requirements-fuzz.lock
	@touch $@

chaos: install $(ENGINE)   ## kill, stop and starve the service under COUNT=10000 uploads on ENGINE=sqlite or postgresql
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.chaos --engine $(ENGINE) --count $(COUNT) $(ARGS)

students: install   ## accept right code, plant bugs, count what is named truthfully: the figures of tests/students
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -W ignore -m tests.students.report $(ARGS)

slips: install   ## plant every slip of every family and count what is named truthfully; make test takes every fortieth of the older ones
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -W ignore -m tests.students.slip_report $(ARGS)

screenshots: install chromium   ## photograph the main pages into docs/screenshots
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -W ignore -m tests.browser.screenshots $(ARGS)

texts: install   ## gather every text of the pages into app/translations/chainrule.pot, for translators
	@$(BIN)/python -m tests.texts

bench: install   ## measure; ARGS="sandbox --rounds 10" a part of it, ARGS=--help says what there is
	@$(BIN)/python -m tests.benchmarks $(ARGS)

bench-peers: $(PEERS)/.installed   ## install what gradient checks are compared with; TORCH=torch==2.13.0 if +cpu is not found

# An environment of their own: nothing the service or the tests use is installed from here, and no version bends to it.
# torch is in no lock, for its plain build brings gigabytes of CUDA; the CPU build is taken where pip is told of one.
$(PEERS)/.installed: requirements-peers.lock
	@.ci/python $(PEERS)
	@echo "Installing JAX, SciPy and torch into $(PEERS)"
	@$(PEERS)/bin/python -m pip -qq --disable-pip-version-check --no-input install --require-hashes -r requirements-peers.lock
	@$(PEERS)/bin/python -m pip -qq --disable-pip-version-check --no-input install $(TORCH) || \
		echo "torch is left out: pip finds no $(TORCH). make bench-peers TORCH=torch==2.13.0 takes the plain build (gigabytes on x86-64)."
	@touch $@

bench-graders: $(GRADERS)/.installed   ## install the autograders that `make bench ARGS=peers` compares with

# They bring Jupyter and pin what they like, so neither the service nor the gradient checks share their environment.
$(GRADERS)/.installed: requirements-graders.lock
	@.ci/python $(GRADERS)
	@echo "Installing otter-grader, nbgrader and gradescope-utils into $(GRADERS)"
	@$(GRADERS)/bin/python -m pip -qq --disable-pip-version-check --no-input install --require-hashes -r requirements-graders.lock
	@touch $@

sbom: $(SBOM)/.installed   ## write build/sbom.cdx.json: every package that the service runs on, for CycloneDX
	@mkdir -p build
	@$(SBOM)/bin/cyclonedx-py environment --pyproject pyproject.toml --mc-type application --output-reproducible \
		--of JSON -o build/sbom.cdx.json $(SBOM)/service
	@echo "build/sbom.cdx.json"

# The packages of the lock and nothing else, beside the tool that reads them.
$(SBOM)/.installed: requirements-sbom.lock requirements.lock
	@.ci/python $(SBOM)
	@.ci/python $(SBOM)/service
	@$(SBOM)/bin/python -m pip -qq --disable-pip-version-check --no-input install --require-hashes -r requirements-sbom.lock
	@$(SBOM)/service/bin/python -m pip -qq --disable-pip-version-check --no-input install --require-hashes -r requirements.lock
	@touch $@

lock:            ## resolve the eight lock files anew; UPGRADE=--upgrade takes newer versions
	@.ci/lock $(UPGRADE)

clean:           ## remove what these commands made, but not ./data
	rm -rf $(VENV) $(PEERS) $(GRADERS) $(SBOM) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
