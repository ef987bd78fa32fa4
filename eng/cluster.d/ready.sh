# eng/cluster ready
[ -z "${BULKHEAD_TEST_KUBECONFIG:-}" ] || exit 0
if ! { tool etcd && tool kube-apiserver && tool kubectl; } > /dev/null; then
  [ "$(id -u)" = 0 ] || die "no API server here. Run once, as root: eng/cluster assets
  (or set KUBEBUILDER_ASSETS to a folder with etcd, kube-apiserver and kubectl, or BULKHEAD_TEST_KUBECONFIG to the kubeconfig of any cluster)"
  exec bash "$D/assets.sh"
fi
