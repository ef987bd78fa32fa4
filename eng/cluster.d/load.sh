# eng/cluster load FILE.tar...
[ -z "${BULKHEAD_TEST_KUBECONFIG:-}" ] || die "BULKHEAD_TEST_KUBECONFIG names a cluster that is not ours: give it the images by its own means"
[ $# -gt 0 ] || die "load FILE.tar..."
alive containerd || die "instance '$instance' has no node: eng/cluster up"
for file in "$@"; do ctr -a "$R/containerd.sock" -n k8s.io images import "$file"; done
