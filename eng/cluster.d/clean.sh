# Ends what an instance runs and removes what it left: processes, mounts, network, cgroups, files. Safe on half of an instance.
clean() {
  local n
  for n in kubelet proxy scheduler controller-manager; do stop $n; done
  if [ "$(cat "$R/kind" 2>/dev/null)" = node ]; then clean_containers; fi
  stop apiserver; stop etcd
  if [ "$(cat "$R/kind" 2>/dev/null)" = node ]; then clean_node; fi
  rm -rf "$R"
}
clean_containers() {
  local sock=$R/containerd.sock t d
  if alive containerd; then
    for t in $(ctr -a "$sock" -n k8s.io task ls -q 2>/dev/null); do ctr -a "$sock" -n k8s.io task kill -s 9 "$t" 2>/dev/null || :; done
    sleep 0.5
    for t in $(ctr -a "$sock" -n k8s.io task ls -q 2>/dev/null); do ctr -a "$sock" -n k8s.io task delete -f "$t" > /dev/null 2>&1 || :; done
    stop containerd
  fi
  # shims outlive containerd; ours are known by our socket in their command line. Then their containers, by our folder in the cgroup's processes.
  for d in /proc/[0-9]*; do
    case "$( { tr "\0" " " < "$d/cmdline"; } 2> /dev/null || :)" in
      *containerd-shim-runc-v2*"-address $sock"*)
        for t in $(cat "/proc/${d#/proc/}/task/${d#/proc/}/children" 2>/dev/null); do kill -9 "$t" 2>/dev/null || :; done
        kill -9 "${d#/proc/}" 2>/dev/null || : ;;
    esac
  done
}
clean_node() {
  local m n c a b net; net=$(cat "$R/netns" 2>/dev/null || echo "$instance")
  sleep 0.3
  awk -v r="$R/" '{ if (index($5 "/",r)==1) print $5 }' /proc/self/mountinfo | sort -r | while read -r m; do umount -l "$m" 2>/dev/null || :; done
  # pod namespaces of our bridge: containerd's CNI cache, under our folder, names them
  for n in $(grep -rhoE 'cni-[0-9a-f-]{36}' "$R/cni" /var/lib/cni/results 2>/dev/null | sort -u); do
    [ ! -e "/run/netns/$n" ] || { umount -l "/run/netns/$n" 2>/dev/null || :; rm -f "/run/netns/$n"; }
  done
  if [ -f "$R/sysctl.saved" ]; then while IFS== read -r a b; do sysctl -qw "$a=$b" || :; done < "$R/sysctl.saved"; fi
  ip link del "$net-host" 2>/dev/null || :; ip netns del "$net" 2>/dev/null || :
  for c in /sys/fs/cgroup/*"/$net" "/sys/fs/cgroup/$net"; do [ ! -d "$c" ] || find "$c" -depth -type d -exec rmdir {} \; 2>/dev/null || :; done
}
# Instances whose owner is dead are nobody's: remove them before a new one starts.
sweep() {
  local dir owner
  for dir in "$K"/instances/*/; do
    owner=$(cat "$dir/owner" 2>/dev/null || :)
    [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null || continue
    say "removing instance '$(basename "$dir")' of process $owner, which is gone"
    ( instance=$(basename "$dir"); R=$K/instances/$instance; P=$R/pki; L=$R/logs; locked; clean )
  done
}
