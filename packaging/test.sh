#!/usr/bin/env bash
# Checks style, types and behaviour; arguments go to pytest. --coverage first: also tells which lines no test ran.
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
[[ ${1:-} != --coverage ]] || set -- --cov "${@:2}"
exec python -m pytest -q "$@"
