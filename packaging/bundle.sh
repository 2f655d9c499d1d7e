#!/usr/bin/env bash
# Makes dist/handscroll-VERSION-linux-ARCH.tar.gz and a .deb of it: the whole program with its own Python and Qt.
# Both run where neither is installed. Runs on Linux; takes some minutes and 4 GB under build/; prints the sizes.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

build=$root/build/bundle
venv=$build/venv # a clean one: what developers install must not slip in
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/pyproject.toml")
arch=$(dpkg --print-architecture)
name=handscroll-$version
need_python
need_libraries "${drawing[@]}" "${window[@]}"

clean_environment() {
    "$python" -m venv --clear "$venv"
    "$venv/bin/python" -m pip install --quiet --constraint "$root/packaging/constraints.txt" --editable "$root" "pyinstaller>=6.11"
    # torch with CUDA would make the bundle several GB
    "$venv/bin/python" -c 'import torch; raise SystemExit(torch.version.cuda is not None)' ||
        fail "torch in $venv was built for CUDA; give pip the CPU build (packaging/README.md says how)."
}

gather() { # everything under $build/$name, as it is unpacked; `install` alone is a function of common.sh
    rm -rf "${build:?}/$name"
    BUNDLE=$name "$venv/bin/pyinstaller" --noconfirm --log-level WARN --distpath "$build" --workpath "$build/work" \
        "$root/packaging/handscroll.spec"
    local share=$build/$name/share
    command install -Dm644 "$root/packaging/linux/handscroll.desktop" "$share/applications/handscroll.desktop"
    command install -Dm644 "$root/resources/icons/handscroll.svg" "$share/icons/hicolor/scalable/apps/handscroll.svg"
    command install -Dm644 "$root/packaging/linux/handscroll.xml" "$share/mime/packages/handscroll.xml"
    command install -m755 "$root/packaging/linux/add-to-menu.sh" "$build/$name/"
    command install -m644 "$root/LICENSE" "$build/$name/"
}

archive() {
    tar -C "$build" --owner=0 --group=0 -czf "$root/dist/$name-linux-$arch.tar.gz" "$name"
}

debian_package() {
    local tree=$build/deb
    rm -rf "$tree"
    mkdir -p "$tree/DEBIAN" "$tree/usr/lib" "$tree/usr/bin" "$tree/usr/share/doc/handscroll"
    cp -al "$build/$name" "$tree/usr/lib/handscroll"
    rm "$tree/usr/lib/handscroll/add-to-menu.sh"
    cp -a "$build/$name/share/." "$tree/usr/share/"
    rm -r "$tree/usr/lib/handscroll/share"
    mv "$tree/usr/lib/handscroll/LICENSE" "$tree/usr/share/doc/handscroll/copyright"
    ln -s ../lib/handscroll/handscroll "$tree/usr/bin/handscroll"
    cat >"$tree/DEBIAN/control" <<END
Package: handscroll
Version: $version
Architecture: $arch
Maintainer: Handscroll <handscroll@localhost>
Installed-Size: $(du -sk "$tree/usr" | cut -f1)
Depends: libc6 (>= $(getconf GNU_LIBC_VERSION | cut -d' ' -f2))
Recommends: fonts-dejavu-core
Suggests: fonts-noto-cjk
Section: graphics
Priority: optional
Description: Paint on where a painting ends
 Place a picture on an endless canvas, drag a region beside it or over a hole, and a model that runs on
 your own machine continues it patch by patch. No account, no network and no graphics card are needed.
END
    dpkg-deb --root-owner-group -Zzstd -z9 --build "$tree" "$root/dist/handscroll_${version}_$arch.deb" >/dev/null
}

mkdir -p "$build" "$root/dist"
clean_environment
gather
archive
debian_package
du -sh "$build/$name"
(cd "$root/dist" && du -h "$name-linux-$arch.tar.gz" "handscroll_${version}_$arch.deb")
