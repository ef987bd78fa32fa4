# eng/cluster ready
[ -z "${BULKHEAD_TEST_KUBECONFIG:-}" ] || exit 0
wanted="etcd kube-apiserver kubectl"
# Root, with nothing else named: the suite's tests with real pods run too.
[ "$(id -u)" != 0 ] || [ -n "${KUBEBUILDER_ASSETS:-}" ] || wanted+=" kubelet kube-controller-manager kube-scheduler kube-proxy containerd runc"
missing=; for t in $wanted; do tool "$t" > /dev/null || missing+=" $t"; done
if [ -n "$missing" ]; then
  [ "$(id -u)" = 0 ] || die "missing:$missing. Run once, as root: eng/cluster assets
  (or set KUBEBUILDER_ASSETS to a folder with etcd, kube-apiserver and kubectl, or BULKHEAD_TEST_KUBECONFIG to the kubeconfig of any cluster)"
  exec bash "$D/assets.sh"
fi
