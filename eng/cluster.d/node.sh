# Everything of a node: network namespace with a veth to the machine, containerd, kubelet, scheduler, controllers, kube-proxy.
# The machine's end of the veth is <net>.2, so that a server bound there can be reached from pods; there is no DNS.
NS=$instance; NSF=/run/netns/$NS; NODE=node1
if [ "$NS" = kube ]; then NET=${KUBE_NET:-10.99.0}; else NET=${KUBE_NET:?instance "$NS" beside "kube" needs its own KUBE_NET, for example 10.98.0}; fi
HOST=$NET.1; PORT=6443; ETCD=2379; PEER=2380; BIND=0.0.0.0; SVCCIDR=10.96.0.0/16; PODCIDR=${KUBE_PODS:-10.244.0.0/24}
SOCK=$R/containerd.sock
KUBELET_TLS=(--kubelet-client-certificate="$P/kubelet-client.crt" --kubelet-client-key="$P/kubelet-client.key" --kubelet-certificate-authority="$P/ca.crt" --kubelet-preferred-address-types=InternalIP,Hostname)
. "$D/node-files.sh"

up_network() {
  echo "$NS" > "$R/netns"
  # a stale namespace or veth of a killed run: nothing of it is worth keeping
  ip link del "$NS-host" 2> /dev/null || :; ip netns del "$NS" 2> /dev/null || :
  ! ip -o addr show | grep -qF " $NET.2/" || die "$NET.2 is in use on this machine: another cluster runs; set KUBE_INSTANCE and KUBE_NET"
  ip netns add "$NS"
  ip link add "$NS-host" type veth peer name node0 netns "$NS"
  ip addr add "$NET.2/30" dev "$NS-host"; ip link set "$NS-host" up
  ip -n "$NS" addr add "$HOST/30" dev node0; ip -n "$NS" link set node0 up; ip -n "$NS" link set lo up
  # no default route: the kubelet probes the AWS metadata address, which costs 6 s when dropped and nothing when unreachable
  ip route replace "$PODCIDR" via "$HOST"
  in_net sysctl bash -c 'echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables' 2> /dev/null || :
  say network
}
# The paths of pod logs are fixed, and every kubelet clears out what it does not know there: so each instance has its own, in a mount namespace
# that its kubelet and containerd share. Their other mounts are in it too and go with it.
own_mounts() {
  mkdir -p "$R/logs.pods" "$R/logs.containers" /var/log/pods /var/log/containers; : > "$R/mounts"
  mount --bind "$R" "$R"; mount --make-private "$R"   # a mount namespace can only be kept on a private mount
  unshare --mount="$R/mounts" --propagation private sh -ec 'mount --bind "$0/logs.pods" /var/log/pods; mount --bind "$0/logs.containers" /var/log/containers' "$R"
}
pki_node() {
  local c
  cert kubelet-client /O=system:masters/CN=kube-apiserver-kubelet-client
  cert controller-manager /CN=system:kube-controller-manager
  cert scheduler /CN=system:kube-scheduler
  cert proxy /CN=system:kube-proxy
  cert kubelet "/O=system:nodes/CN=system:node:$NODE" "DNS:$NODE,IP:$HOST,IP:127.0.0.1"
  for c in controller-manager scheduler proxy kubelet; do kubeconfig "$R/$c.conf" $c https://127.0.0.1:6443; done
}
up_controllers() {
  start controller-manager "$(tool kube-controller-manager)" --kubeconfig="$R/controller-manager.conf" --authentication-kubeconfig="$R/controller-manager.conf" \
    --authorization-kubeconfig="$R/controller-manager.conf" --bind-address=127.0.0.1 --port=0 --leader-elect=false --use-service-account-credentials=true \
    --service-account-private-key-file="$P/sa.key" --root-ca-file="$P/ca.crt" --cluster-signing-cert-file="$P/ca.crt" --cluster-signing-key-file="$P/ca.key" \
    --allocate-node-cidrs=false --kube-api-qps=200 --kube-api-burst=400 ${KCM_EXTRA:-}
  start scheduler "$(tool kube-scheduler)" --kubeconfig="$R/scheduler.conf" --authentication-kubeconfig="$R/scheduler.conf" \
    --authorization-kubeconfig="$R/scheduler.conf" --bind-address=127.0.0.1 --port=0 --leader-elect=false --kube-api-qps=200 --kube-api-burst=400
}
up_node() {
  local t s a b kubectl; kubectl=$(tool kubectl) || die "kubectl is missing: apt-get install kubernetes-client"
  up_controllers
  node_files; own_mounts
  start containerd containerd --config "$R/containerd.toml"
  waitfor 30 containerd ctr -a "$SOCK" -n k8s.io version
  for t in "$K"/images/*.tar; do ctr -a "$SOCK" -n k8s.io images import "$t" > /dev/null; done
  # the kubelet changes these for the whole machine, once, at its start: they are put back after it
  for s in vm.overcommit_memory vm.panic_on_oom kernel.panic kernel.panic_on_oops; do echo "$s=$(sysctl -n $s)"; done > "$R/sysctl.saved"
  start kubelet "$(tool kubelet)" --config="$R/kubelet.yaml" --kubeconfig="$R/kubelet.conf" --hostname-override=$NODE --node-ip="$HOST" --root-dir="$R/kubelet" \
    --cert-dir="$P" --container-runtime=remote --container-runtime-endpoint="unix://$SOCK" --containerd="$SOCK" ${KUBELET_EXTRA:-}
  start proxy "$(tool kube-proxy)" --config="$R/proxy.yaml"
  waitfor 60 "node Ready" bash -c "'$kubectl' get node $NODE -o jsonpath='{.status.conditions[?(@.type==\"Ready\")].status}' | grep -q True"
  while IFS== read -r a b; do sysctl -qw "$a=$b" || :; done < "$R/sysctl.saved"
  waitfor 60 "default service account" bash -c "'$kubectl' get sa default -o name"
}
