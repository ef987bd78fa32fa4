# eng/cluster status
kubectl=$(tool kubectl) || die "kubectl is missing: apt-get install kubernetes-client"
if [ -z "${BULKHEAD_TEST_KUBECONFIG:-}" ]; then
  [ -d "$R" ] || { echo "instance '$instance' is down"; exit 1; }
  for n in etcd apiserver controller-manager scheduler containerd kubelet proxy; do
    if alive $n; then p=$(cat "$R/pids/$n"); echo "$n pid=$p rss=$(awk '/VmRSS/{print int($2/1024)"MiB"}' "/proc/$p/status")"; else echo "$n down"; fi
  done
fi
echo "KUBECONFIG=$KUBECONFIG"
"$kubectl" --request-timeout=10s get nodes -o wide 2>&1 || :
"$kubectl" --request-timeout=10s get pods -A 2>&1 | tail -n 20
