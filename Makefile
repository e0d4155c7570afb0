# Every command sets up what it needs on a fresh Debian or Ubuntu machine. `make serve` and `make test` are the two to know.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: help install serve test lint types contracts pytest browser-package lock clean

help:            ## list the commands
	@grep -E '^[a-z-]+: .*##|^[a-z-]+:  +##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'
