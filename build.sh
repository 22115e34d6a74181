#!/usr/bin/env bash
# Runs the build driver (build/); builds it first when its sources changed. ./build.sh --help lists the verbs.
set -eu
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dll=$root/build/bin/Release/net10.0/SharpProbe.Build.dll
command -v dotnet > /dev/null || { echo ".NET SDK 10 is needed: https://dotnet.microsoft.com/download (Debian, Ubuntu: package dotnet-sdk-10.0)" >&2; exit 1; }
if [ ! -f "$dll" ] || [ -n "$(find "$root/build" "$root/Directory.Build.props" \( -name bin -o -name obj \) -prune -o -newer "$dll" -type f -print -quit)" ]; then
  echo "building the build driver"
  log=$(dotnet build "$root/build/SharpProbe.Build.csproj" -c Release -v q --nologo) || { echo "$log" >&2; exit 1; }
  touch "$dll"
fi
exec dotnet "$dll" "$@"
