#!/usr/bin/env bash
# Runs handscroll with the given arguments, from the caller's folder; sets everything up the first time.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
prepare run
exec "$venv/bin/handscroll" "$@"
