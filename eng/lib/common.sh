# Sourced by the scripts of this folder. Shell options, the project's root, and what a machine must have.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

say() { printf '%s\n' "$*" >&2; }

die() { say "$*"; exit 1; }

need_dotnet() {
  command -v dotnet >/dev/null || die "The .NET 10 SDK is missing. Install it: https://learn.microsoft.com/dotnet/core/install/linux-debian"
  dotnet --list-sdks | grep -q '^10\.' || die "The .NET 10 SDK is missing (found: $(dotnet --list-sdks | tr '\n' ' ')). Install it: https://learn.microsoft.com/dotnet/core/install/linux-debian"
}

# need_package COMMAND PACKAGE...: as root it is installed, else the command to run is said.
need_package() {
  local command=$1; shift
  ! command -v "$command" >/dev/null || return 0
  [ "$(id -u)" = 0 ] || die "'$command' is missing. Run: sudo apt-get install -y $*"
  say "Installing $* ..."
  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null
}

# The PostgreSQL server's programs: on PATH, or where Debian puts them.
need_postgres() {
  ! command -v initdb >/dev/null || return 0
  ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || return 0
  [ "$(id -u)" = 0 ] || die "PostgreSQL's server is missing. Run: sudo apt-get install -y postgresql"
  say "Installing postgresql ..."
  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends postgresql >/dev/null
}

# The pooler that the tests put before PostgreSQL. Debian puts it where only root's PATH looks.
need_pgbouncer() { [ -x /usr/sbin/pgbouncer ] || need_package pgbouncer pgbouncer; }

# The programs in artifacts/bulkhead, published again only when a source is newer than the stamp.
publish() {
  local out=$ROOT/artifacts/bulkhead stamp=$ROOT/artifacts/bulkhead.stamp
  if [ -f "$stamp" ] && [ -z "$(find "$ROOT/src" "$ROOT"/Directory.*.props "$ROOT/global.json" -newer "$stamp" -type f \
      -not -path '*/obj/*' -not -path '*/bin/*' -print -quit)" ]; then return 0; fi
  need_dotnet
  mkdir -p "$ROOT/artifacts"
  say "Building bulkhead ..."
  local log=$ROOT/artifacts/publish.log now
  now=$(mktemp "$ROOT/artifacts/stamp.XXXXXX")
  # The worker last: what the command takes from the ASP.NET framework, the worker needs beside it.
  for project in Cli Worker; do
    dotnet publish "$ROOT/src/$project" -c Release -o "$out" -v quiet -p:RestoreLockedMode=true >"$log" 2>&1 || { cat "$log" >&2; rm -f "$now"; die "The build failed."; }
  done
  ln -sf bulkhead "$out/kubectl-bulkhead" # what kubectl calls a plugin
  mv "$now" "$stamp"
}
