#!/usr/bin/env bash
# The refresh matrix: 1, 2 and 4 real processes on one PostgreSQL, a provider with single-use refresh tokens that takes 0.1,
# 3, 12 or 60 s, 40 callers; the process that refreshes left alone, killed, paused. Prints Markdown; the exit code is 1
# where a requirement is missed. Everything listens on 127.0.0.1; about seven minutes.
#
#   tests/refresh-matrix.sh                 everything
#   tests/refresh-matrix.sh --quick         0.1 and 3 s only
#   tests/refresh-matrix.sh --only kill     one of none, kill, pause
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDTERMINALLOGGER=off MSBUILDDISABLENODEREUSE=1

give_up() { echo "tests/refresh-matrix.sh: $*" >&2; exit 1; }

dotnet --list-sdks 2>/dev/null | grep '^10\.' >/dev/null || give_up "the .NET 10 SDK is not installed, or not on the PATH."
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || give_up "PostgreSQL is not installed; tests/run.sh installs it."

dotnet build tests/Workato.Connections.Benchmarks -c Release >&2 || give_up "the build failed, so nothing was run."
exec dotnet tests/Workato.Connections.Benchmarks/bin/Release/net10.0/Workato.Connections.Benchmarks.dll \
  --product src/Workato.Connections.Web/bin/Release/net10.0/Workato.Connections.Web.dll refresh-matrix "$@"
