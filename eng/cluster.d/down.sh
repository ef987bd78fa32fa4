# eng/cluster down
[ -z "${BULKHEAD_TEST_KUBECONFIG:-}" ] || { say "BULKHEAD_TEST_KUBECONFIG names a cluster that is not ours: left alone"; exit 0; }
. "$D/clean.sh"
locked
[ -d "$R" ] || { say "instance '$instance' is not there"; exit 0; }
[ "$(cat "$R/kind" 2>/dev/null)" != node ] || [ "$(id -u)" = 0 ] || die "a cluster with a node is taken down by root"
clean; say "instance '$instance' is down"
