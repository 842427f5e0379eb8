#!/bin/sh
# Makes a disk image of the app: PsyLite.app and a link to Applications. Not run by us so far.
set -eu
cd "$(dirname "$0")/../.."
version=$1
app=build/pyinstaller/dist/PsyLite.app
target=dist/PsyLite-$version-macos-$(uname -m).dmg

# An ad-hoc signature: arm64 runs nothing without one.
codesign --force --deep --sign - --options runtime --entitlements installer/macos/entitlements.plist "$app"
"$app/Contents/MacOS/psylite" selftest

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cp -R "$app" "$place/"
ln -s /Applications "$place/Applications"
mkdir -p dist
hdiutil create -volname PsyLite -srcfolder "$place" -fs HFS+ -format UDZO -ov "$target"
shasum -a 256 "$target"
