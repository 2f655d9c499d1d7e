# Sourced by run.sh and test.sh: makes the project's own .venv, or sees within a blink that nothing has changed.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
venv=$root/.venv
log=$venv/setup.log
unfinished=$venv/unfinished # there while pip works; found by a later call, it tells of one that was killed

fail() {
    printf 'handscroll: %s\n' "$*" >&2
    exit 1
}

new_enough() {
    "$1" -I -S -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for python in python3 python3.13 python3.12 python3.11 python3.14; do
        new_enough "$python" && return
    done
    return 1
}

apt_install() { # installs Debian packages where it may, else prints the one line that does
    local line="apt-get install -y --no-install-recommends $*" sudo= told
    command -v apt-get >/dev/null || fail "please install $* with your system's package manager, then run this again."
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || fail "system packages are missing; please run: sudo $line"
        sudo=sudo
    fi
    echo "handscroll: installing $* ..." >&2
    told=$(mktemp)
    # The package lists of a fresh machine are empty or old; a failing update is told by the install that follows.
    { $sudo apt-get update; $sudo env DEBIAN_FRONTEND=noninteractive $line; } >"$told" 2>&1 || {
        tail -n 5 "$told" >&2
        rm -f "$told"
        fail "could not install $*; please run: ${sudo:+sudo }$line"
    }
    rm -f "$told"
}

library() { # whether the dynamic linker finds a library of this name
    PATH=$PATH:/usr/sbin:/sbin command -v ldconfig >/dev/null || return 0
    [[ $(PATH=$PATH:/usr/sbin:/sbin ldconfig -p) == *"$1 "* ]]
}

# Libraries and the Debian packages they come in: to import Qt and draw without a screen; to open a window; for tests.
drawing=(libGL.so.1=libgl1 libEGL.so.1=libegl1 libglib-2.0.so.0=libglib2.0-0 libdbus-1.so.3=libdbus-1-3
    libfontconfig.so.1=libfontconfig1 libfreetype.so.6=libfreetype6 libxkbcommon.so.0=libxkbcommon0)
window=(libxkbcommon-x11.so.0=libxkbcommon-x11-0 libxcb-cursor.so.0=libxcb-cursor0 libxcb-icccm.so.4=libxcb-icccm4
    libxcb-keysyms.so.1=libxcb-keysyms1 libxcb-xkb.so.1=libxcb-xkb1 libxcb-shape.so.0=libxcb-shape0)

missing_packages() { # $@: library=package; names the packages of those that are not there
    local pair
    for pair in "$@"; do
        library "${pair%%=*}" || echo "${pair#*=}"
    done
}

need_libraries() { # $@: library=package; installs what is missing
    local missing
    [ "$(uname -s)" = Linux ] || return 0
    mapfile -t missing < <(missing_packages "$@")
    if [ ${#missing[@]} != 0 ]; then
        [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || missing+=(fonts-dejavu-core)
        apt_install "${missing[@]}"
    fi
}

need_display_for_tests() { # tests with a real mouse need these; where they may not be installed, those tests are skipped
    local missing
    mapfile -t missing < <(missing_packages "${window[@]}")
    command -v Xvfb >/dev/null || missing+=(xvfb)
    command -v xdotool >/dev/null || missing+=(xdotool)
    [ ${#missing[@]} = 0 ] && return
    if [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; then
        (apt_install "${missing[@]}") || echo "handscroll: tests with a real mouse will be skipped." >&2
    fi
}

need_python() { # sets $python; Debian ships venv apart from Python itself
    find_python || apt_install python3 python3-venv
    find_python || fail "Python 3.11 or newer is needed; the newest found is $(python3 -V 2>&1)."
    "$python" -c 'import ensurepip, venv' 2>/dev/null || apt_install "$python-venv"
}

fingerprint() { # everything that decides what belongs into the environment; fails where its Python does not run
    "$venv/bin/python" -I -S -c 'import sys; print(sys.version)' 2>/dev/null || return 1
    printf '%s\n' "$root"
    cat "$root/pyproject.toml" "$root/packaging/constraints.txt"
}

ready() { # the stamp is written last, so one that matches vouches for everything before it
    local now
    now=$(fingerprint | sha256sum) || return 1
    for extra in "$@"; do
        [ "$(cat "$venv/stamp-$extra" 2>/dev/null)" = "$now" ] && return
    done
    return 1
}

healthy() { # pip starts, and the environment was made here: a copied or moved one points to its old place
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 && grep -qF "$venv/bin/python" "$venv/bin/pip" 2>/dev/null
}

pip_options() {
    # A killed pip can leave a package that looks installed and is not whole: unpack all of them again.
    if [ -e "$unfinished" ]; then
        echo --force-reinstall
    elif "$venv/bin/python" -I -c 'import importlib.metadata as m, sys
sys.exit([int(n) for n in m.version("torch").split(".")[:2]] < [2, 6])' 2>/dev/null; then
        return # torch is there, whatever its build: leave it alone
    fi
    command -v nvidia-smi >/dev/null || printf '%s\n' --constraint "$root/packaging/constraints.txt"
}

install() { # $1: run or dev
    local what=$root options
    [ "$1" = dev ] && what="$root[dev]"
    mapfile -t options < <(pip_options)
    touch "$unfinished"
    "$venv/bin/python" -m pip install "${options[@]}" --editable "$what" >>"$log" 2>&1 && rm "$unfinished" && return
    rm -f "$unfinished" # pip has put back what it changed; only a killed one has not
    tail -n 12 "$log" >&2
    fail "the installation failed (the lines above; all of it is in .venv/setup.log). Mend that, then run this again."
}

prepare() { # $1: run or dev; an environment for dev serves run too
    ready "$1" dev && return
    if command -v flock >/dev/null; then # two calls at once: the second waits and finds everything done
        exec 9<"$root"
        flock 9
        ready "$1" dev && exec 9<&- && return
    fi
    echo "handscroll: setting up .venv; this takes some minutes the first time ..." >&2
    if ! healthy; then
        need_python
        "$python" -m venv --clear "$venv" >/dev/null || fail "could not make $venv with $("$python" -V)."
    fi
    : >"$log"
    install "$1"
    # The loops of painting are compiled now, not while somebody waits for the first patch; later changes are seen to then.
    "$venv/bin/python" -c 'from engine.inference.first_start import get_ready
from engine.models.checkpoint import load_model
get_ready(load_model("starter", "cpu"))' >>"$log" 2>&1 || true
    fingerprint | sha256sum >"$venv/stamp-$1.new" && mv "$venv/stamp-$1.new" "$venv/stamp-$1"
    exec 9<&-
}
