#!/usr/bin/env bash
# Brings resources/translations up to date with the texts in app/, with Qt's own tools: new texts come into each .ts
# as unfinished, texts that are gone leave, and the .qm files that the window reads are made anew.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bin=.venv/bin
folder=resources/translations
mapfile -t sources < <(find app -name '*.py' | LC_ALL=C sort)
"$bin/pyside6-lupdate" "${sources[@]}" -silent -locations none -no-obsolete -pluralonly -source-language en -target-language en -ts "$folder/en.ts"
for language in de ja zh_CN; do
    "$bin/pyside6-lupdate" "${sources[@]}" -silent -locations none -no-obsolete -source-language en \
        -target-language "$language" -ts "$folder/$language.ts"
done
for file in "$folder"/*.ts; do
    "$bin/pyside6-lrelease" -silent "$file" -qm "${file%.ts}.qm"
done
