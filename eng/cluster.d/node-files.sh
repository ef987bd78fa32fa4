# Configuration files of containerd, CNI, kubelet and kube-proxy. Sourced by node.sh.
node_files() {
  local c d
  mkdir -p "$R/cni/net.d" "$R/kubelet" "$R/containerd-root"
  : > "$R/resolv.conf"
  for c in cpu cpuacct cpuset memory devices freezer blkio pids systemd; do   # cgroup v1: a branch of our own, so that `down` removes only ours
    [ -d "/sys/fs/cgroup/$c" ] && [ -e "/sys/fs/cgroup/$c/tasks" ] || continue
    d=/sys/fs/cgroup/$c/$NS; mkdir -p "$d"
    [ $c != cpuset ] || { cat /sys/fs/cgroup/cpuset/cpuset.cpus > "$d/cpuset.cpus"; cat /sys/fs/cgroup/cpuset/cpuset.mems > "$d/cpuset.mems"; }
  done
  cni_file > "$R/cni/net.d/10-bridge.conflist"; containerd_file > "$R/containerd.toml"; kubelet_file > "$R/kubelet.yaml"; proxy_file > "$R/proxy.yaml"
}
cni_file() { cat <<Y
{"cniVersion":"0.4.0","name":"$NS","plugins":[
 {"type":"bridge","bridge":"cni0","isGateway":true,"hairpinMode":true,"ipMasq":false,
  "ipam":{"type":"host-local","dataDir":"$R/cni/data","ranges":[[{"subnet":"$PODCIDR"}]],"routes":[{"dst":"0.0.0.0/0"}]}},
 {"type":"portmap","capabilities":{"portMappings":true}}]}
Y
}
# restrict_oom_score_adj: without CAP_SYS_RESOURCE the pause container's -998 kills runc ("can't get final child's PID from pipe: EOF")
containerd_file() { cat <<Y
version = 2
root = "$R/containerd-root"
state = "$R/containerd"
oom_score = 0
disabled_plugins = ["io.containerd.snapshotter.v1.aufs","io.containerd.snapshotter.v1.btrfs","io.containerd.snapshotter.v1.zfs","io.containerd.snapshotter.v1.devmapper","io.containerd.internal.v1.opt"]
[grpc]
  address = "$SOCK"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/pause:1"
  stream_server_address = "127.0.0.1"
  restrict_oom_score_adj = true
  tolerate_missing_hugetlb_controller = true
  disable_hugetlb_controller = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$R/cni/net.d"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "${SNAPSHOTTER:-overlayfs}"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
Y
}
kubelet_file() { cat <<Y
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $HOST
healthzBindAddress: 127.0.0.1
readOnlyPort: 0
tlsCertFile: $P/kubelet.crt
tlsPrivateKeyFile: $P/kubelet.key
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $P/ca.crt}}
authorization: {mode: Webhook}
cgroupDriver: cgroupfs
cgroupRoot: /$NS
failSwapOn: false
maxPods: 110
clusterDomain: cluster.local
clusterDNS: [10.96.0.10]
resolvConf: $R/resolv.conf
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
evictionHard: {memory.available: 200Mi, nodefs.available: 1%, imagefs.available: 1%}
kubeAPIQPS: 100
kubeAPIBurst: 200
eventRecordQPS: 100
eventBurst: 200
serializeImagePulls: false
volumePluginDir: $R/kubelet/volumeplugins
nodeStatusUpdateFrequency: 2s
Y
}
proxy_file() { cat <<Y
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clientConnection: {kubeconfig: $R/proxy.conf}
bindAddress: 0.0.0.0
healthzBindAddress: 127.0.0.1:10256
metricsBindAddress: 127.0.0.1:10249
mode: iptables
clusterCIDR: $PODCIDR
hostnameOverride: $NODE
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
Y
}
