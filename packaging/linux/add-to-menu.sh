#!/usr/bin/env bash
# Puts Handscroll into the menu of this user and opens .handscroll files with it; `--remove` takes it out again.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
data=${XDG_DATA_HOME:-$HOME/.local/share}
files=(applications/handscroll.desktop icons/hicolor/scalable/apps/handscroll.svg mime/packages/handscroll.xml)
for file in "${files[@]}"; do
    if [ "${1:-}" = --remove ]; then
        rm -f "$data/$file"
    else
        mkdir -p "$(dirname "$data/$file")"
        cp "$here/share/$file" "$data/$file"
    fi
done
if [ "${1:-}" != --remove ]; then
    sed -i "s|^Exec=handscroll|Exec=\"$here/handscroll\"|" "$data/applications/handscroll.desktop"
fi
for update in "update-mime-database $data/mime" "update-desktop-database $data/applications"; do
    if command -v "${update%% *}" >/dev/null; then $update; fi
done
