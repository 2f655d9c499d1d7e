#!/usr/bin/env bash
# Checks style, types and behaviour; arguments go to pytest. --coverage first: also lists the lines that no test ran,
# and fails below the floor in pyproject.toml.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
prepare dev
need_libraries "${drawing[@]}"
need_display_for_tests
cd "$root"
export PATH="$venv/bin:$PATH" # pyright looks for its parts there
ruff check
ruff format --check
pyright
if [[ ${1:-} == --coverage ]]; then
    shift
    (($# == 0)) || set -- --cov-fail-under=0 "$@" # the floor in pyproject.toml is that of all tests
    set -- --cov "$@"
fi
exec python -m pytest -q "$@"
