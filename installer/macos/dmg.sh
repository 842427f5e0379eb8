#!/bin/sh
# Makes a disk image of the app: PsyLite.app and a link to Applications. Not run by us so far.
set -eu
cd "$(dirname "$0")/../.."
version=$1
app=build/pyinstaller/dist/PsyLite.app
machine=$(uname -m)
target=dist/PsyLite-$version-macos-$machine.dmg

# An ad-hoc signature: arm64 runs nothing without one.
codesign --force --deep --sign - --options runtime --entitlements installer/macos/entitlements.plist "$app"
"$app/Contents/MacOS/psylite" selftest

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cp -R "$app" "$place/"
# Whose parts are inside, and under which licences: made with the folder, and due with the app, too.
for paper in LICENSE.txt THIRD-PARTY-NOTICES.txt sbom.cdx.json; do
    cp "dist/PsyLite-$version-macos-$machine/$paper" "$place/"
done
ln -s /Applications "$place/Applications"
mkdir -p dist
hdiutil create -volname PsyLite -srcfolder "$place" -fs HFS+ -format UDZO -ov "$target"
shasum -a 256 "$target"
