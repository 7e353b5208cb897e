#!/usr/bin/env bash
# Measures the product beside the floors it stands on, and prints Markdown: installs what is missing on Debian or Ubuntu,
# publishes the product, builds Release, runs. Everything listens on 127.0.0.1; about seven minutes.
#
#   tests/bench.sh                    everything
#   tests/bench.sh --quick            only shows that everything works
#   tests/bench.sh --only call        the scenarios with this in their name
#   tests/bench.sh refresh            10,000 expired connections refreshed through reads
#   tests/bench.sh jobs               jobs of a recipe of one step beside the same call
#   tests/bench.sh rotation           data keys and certificate rotated under load on two nodes, one of which is killed; the exit code is 1 where a call failed or anything is left
#   tests/bench.sh notices            notices while receiver and server are killed; the exit code is 1 where one is missing or out of order
#   tests/bench.sh outage             an app down for ten minutes (--quick: three) with 1,000 connections on two nodes; the exit code is 1 where more than one notice came, or anything was lost
#   tests/bench.sh jobs-kill          500 jobs on two nodes, one of which is killed; the exit code is 1 where a job was lost or a note written twice
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDTERMINALLOGGER=off MSBUILDDISABLENODEREUSE=1

give_up() { echo "tests/bench.sh: $*" >&2; exit 1; }

missing_packages() {
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || echo postgresql
  command -v wrk >/dev/null || echo wrk
}

install_packages() {
  local sudo=""
  command -v apt-get >/dev/null || give_up "there is no apt-get here (not Debian or Ubuntu?). Please install by hand: $*"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || give_up "installing $* takes root or sudo. Run this once as root, or install them by hand."
    sudo=sudo
  fi
  echo "Installing with ${sudo:+sudo }apt-get: $*" >&2
  $sudo apt-get update -q >&2
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >&2
}

dotnet --list-sdks 2>/dev/null | grep '^10\.' >/dev/null || give_up "the .NET 10 SDK is not installed, or not on the PATH."
read -r -a packages <<<"$(missing_packages | xargs)"
if [ "${#packages[@]}" -gt 0 ]; then install_packages "${packages[@]}"; fi

# The product as the Dockerfile publishes it, which is compiled ahead of time and starts the faster for it.
product=tests/Workato.Connections.Benchmarks/bin/product
rm -rf "$product"
dotnet publish src/Workato.Connections.Web -c Release -o "$product" >&2 || give_up "the product could not be published, so nothing was measured."
dotnet build tests/Workato.Connections.Benchmarks -c Release >&2 || give_up "the build failed, so nothing was measured."
exec dotnet tests/Workato.Connections.Benchmarks/bin/Release/net10.0/Workato.Connections.Benchmarks.dll \
  --product "$product/Workato.Connections.Web.dll" "$@"
