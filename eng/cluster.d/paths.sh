# Where things lie, and how daemons are started and stopped. Sourced by eng/cluster; wants $kind.
K=${KUBE_DIR:-$HOME/.cache/bulkhead/kube}
instance=${KUBE_INSTANCE:-}
if [ -z "$instance" ]; then
  case $kind in
    control) instance=control ;;
    node) instance=kube ;;
    any) instance=kube; [ -d "$K/instances/kube" ] || instance=control ;;
  esac
fi
R=$K/instances/$instance; P=$R/pki; L=$R/logs
export KUBECONFIG=$R/admin.conf
[ -z "${BULKHEAD_TEST_KUBECONFIG:-}" ] || export KUBECONFIG=$BULKHEAD_TEST_KUBECONFIG

tool() { # name: the envtest folder first, then what we built, then PATH
  local d
  for d in "${KUBEBUILDER_ASSETS:-}" "$K/bin"; do
    [ -z "$d" ] || [ ! -x "$d/$1" ] || { echo "$d/$1"; return 0; }
  done
  command -v "$1" || { [ -x "/usr/sbin/$1" ] && echo "/usr/sbin/$1"; }
}
say() { printf '%s %s\n' "$(date +%T.%3N)" "$*" >&2; }
die() { printf 'eng/cluster: %s\n' "$*" >&2; exit 1; }
# In the instance's network namespace; kubelet and containerd also in its mount namespace (see own_mounts).
in_net() { # name command...
  local n=$1 own=(); shift
  case $n in kubelet|containerd) [ ! -e "$R/mounts" ] || own=(--mount="$R/mounts") ;; esac
  if [ -n "${NSF:-}" ]; then nsenter --net="$NSF" "${own[@]}" "$@"; else "$@"; fi
}

start() { # name command...: detached, in the instance's network namespace, its pid in pids/<name>
  local n=$1; shift
  printf '%q ' "$@" > "$R/pids/$n.cmd"
  in_net "$n" setsid bash -c 'echo $$ > "$0"; exec "$@"' "$R/pids/$n" "$@" >> "$L/$n.log" 2>&1 < /dev/null 9>&- &
}
# A pid counts only while its command line names our folder: a pid that was given out again is nobody's business.
alive() { [ -s "$R/pids/$1" ] && grep -qaF "$R" "/proc/$(cat "$R/pids/$1")/cmdline" 2>/dev/null; }
waitfor() { # seconds what command...
  local end=$(( $(date +%s) + $1 )) what=$2; shift 2
  until "$@" > /dev/null 2>&1; do
    [ "$(date +%s)" -lt "$end" ] || { tail -n 15 "$L"/*.log >&2 2>/dev/null; die "timeout waiting for $what (logs in $L)"; }
    sleep 0.1
  done
  say "$what ok"
}
stop() { # name [seconds]: SIGTERM, then SIGKILL
  local p
  if alive "$1"; then
    p=$(cat "$R/pids/$1"); kill "$p" 2>/dev/null || :
    for _ in $(seq $(( ${2:-10} * 10 ))); do kill -0 "$p" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$p" 2>/dev/null || :
  fi
  rm -f "$R/pids/$1"
}
# One caller at a time per instance; waits at most two minutes and then says who holds it.
locked() {
  mkdir -p "$K/instances"; exec 9>> "$K/instances/$instance.lock"
  flock -w 120 9 || die "instance '$instance' is busy: process $(cat "$K/instances/$instance.lock" 2>/dev/null) works on it. Wait, or set KUBE_INSTANCE to another name."
  echo $$ > "$K/instances/$instance.lock"
}
