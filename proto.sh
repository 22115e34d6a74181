#!/usr/bin/env bash
# prototype pipeline: proto.sh OUTDIR firmware sources...   (zerolib is always built)
set -e
here=$(cd "$(dirname "$0")" && pwd); out=$1; shift; mkdir -p $out
SDK=$(dirname "$(find $(dirname $(readlink -f $(which dotnet)))/sdk -name csc.dll -path '*bincore*' | tail -1)")
ILC=~/.nuget/packages/runtime.linux-x64.microsoft.dotnet.ilcompiler/10.0.14/tools/ilc
CSC="dotnet $SDK/csc.dll -nologo -target:library -noconfig -nostdlib -unsafe -optimize+ -debug:portable -deterministic -langversion:14 -nullable:enable -runtimemetadataversion:v4.0.30319 -nowarn:CS8500,CS9113,CS1718,CS8618,CS0626,CS0824,CS0169,CS0649,CS8632,CS0660,CS0661,CS0414,CS0465"
$CSC -out:$out/System.Private.CoreLib.dll $(find $here/zerolib -name '*.cs')
$CSC -r:$out/System.Private.CoreLib.dll -out:$out/app.dll "$@"
$ILC $out/app.dll $out/System.Private.CoreLib.dll -o $out/app.o --targetarch arm --targetos linux -O ${OPT:---Os} --nativelib --reflectiondata none --methodbodyfolding all \
  --generateunmanagedentrypoints:app --generateunmanagedentrypoints:System.Private.CoreLib --directpinvoke:'*' --map $out/app.map.xml --mstat $out/app.mstat -g --parallelism 1 $ILCX
