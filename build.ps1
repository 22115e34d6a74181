# Runs the build driver (build/); builds it first when its sources changed. ./build.ps1 --help lists the verbs.
$ErrorActionPreference = 'Stop'
$dll = Join-Path $PSScriptRoot 'build/bin/Release/net10.0/SharpProbe.Build.dll'
if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) { throw '.NET SDK 10 is needed: winget install Microsoft.DotNet.SDK.10' }
$built = if (Test-Path $dll) { (Get-Item $dll).LastWriteTimeUtc } else { [DateTime]::MinValue }
$newer = Get-ChildItem (Join-Path $PSScriptRoot 'build') -Recurse -File |
    Where-Object { $_.FullName -notmatch '[\\/](bin|obj)[\\/]' -and $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1
if ($newer) {
    Write-Host 'building the build driver'
    $log = dotnet build (Join-Path $PSScriptRoot 'build/SharpProbe.Build.csproj') -c Release -v q --nologo
    if ($LASTEXITCODE) { $log; exit 1 }
    (Get-Item $dll).LastWriteTimeUtc = [DateTime]::UtcNow
}
dotnet $dll @args
exit $LASTEXITCODE
