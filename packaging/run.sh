#!/usr/bin/env bash
# Runs handscroll with the given arguments, from the caller's folder; sets everything up the first time.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
prepare run
wants_window() { # nothing, or one file, is asked for, and there is a display to show it on
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ $# -le 1 ] && { [ $# = 0 ] || [ -f "$1" ]; }
}
if wants_window "$@"; then
    need_libraries "${drawing[@]}" "${window[@]}"
fi
exec "$venv/bin/handscroll" "$@"
