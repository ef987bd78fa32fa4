# eng/cluster up [control]
if [ -n "${BULKHEAD_TEST_KUBECONFIG:-}" ]; then
  kubectl=$(tool kubectl) || die "kubectl is missing: apt-get install kubernetes-client"
  "$kubectl" version --request-timeout=20s >&2 || die "no API server answers through BULKHEAD_TEST_KUBECONFIG=$BULKHEAD_TEST_KUBECONFIG"
  echo "KUBECONFIG=$BULKHEAD_TEST_KUBECONFIG"; exit 0
fi
. "$D/pki.sh"
. "$D/control.sh"
. "$D/clean.sh"

missing=()
for t in etcd kube-apiserver; do tool $t > /dev/null || missing+=("$t"); done
[ "$kind" = control ] || for t in kube-controller-manager kube-scheduler kubelet kube-proxy containerd runc; do tool $t > /dev/null || missing+=("$t"); done
[ ${#missing[@]} -eq 0 ] || die "missing: ${missing[*]}. Run 'eng/cluster assets' as root (once per machine; it installs Debian's packages and builds the rest),
  or set KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver (up control), or BULKHEAD_TEST_KUBECONFIG to the kubeconfig of any cluster."
[ -x "$(command -v openssl)" ] || die "openssl is missing: apt-get install openssl"
[ "$kind" = control ] || [ "$(id -u)" = 0 ] || die "'up' makes network namespaces, mounts and cgroups: run it as root. 'up control' needs no root."

sweep
locked
if alive etcd && alive apiserver && curl -sf -m 5 --cacert "$P/ca.crt" "$(cat "$R/server")/readyz" > /dev/null; then
  [ "$kind" = control ] || alive kubelet || die "instance '$instance' runs without a node; 'eng/cluster down' first, or set KUBE_INSTANCE"
  say "instance '$instance' is up already"
else
  [ ! -d "$R" ] || { say "removing the remains of an earlier run"; clean; }
  mkdir -p "$R/pids" "$L"; chmod 711 "$R"
  echo "${KUBE_OWNER:-}" > "$R/owner"; echo "$kind" > "$R/kind"
  if [ "$kind" = node ]; then . "$D/node.sh"; up_network; else pick_ports; fi
  pki; up_control
  [ "$kind" = control ] || up_node
fi
echo "KUBECONFIG=$R/admin.conf"
