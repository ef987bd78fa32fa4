#!/bin/bash
# Once per machine: what `eng/cluster up` runs, from Debian 12 alone. Packages, Kubernetes 1.20.2 built from Debian's own source
# package with Debian's Go, and the images localhost/pause:1 and localhost/busybox:1.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
K=${KUBE_DIR:-$HOME/.cache/bulkhead/kube}; BIN=$K/bin; SRC=$K/src/kubernetes
PACKAGES="golang-go dpkg-dev etcd-server etcd-client containerd runc containernetworking-plugins iptables iproute2 socat conntrack ethtool ebtables
  busybox-static debootstrap gcc libc6-dev openssl jq curl python3"
PROGRAMS="kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy"
. /etc/os-release
[ "${VERSION_CODENAME:-}" = bookworm ] || { echo "eng/cluster assets builds from Debian 12 (bookworm); here, set KUBEBUILDER_ASSETS or BULKHEAD_TEST_KUBECONFIG instead" >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo "eng/cluster assets installs packages: run it as root. It does: apt-get install" $PACKAGES kubernetes-client"; apt-get source kubernetes; go build" >&2; exit 1; }
mkdir -p "$K/src" "$BIN" "$K/images" "$K/logs"
exec 9>> "$K/assets.lock"; flock -n 9 || { echo "another 'eng/cluster assets' runs; waiting for it" >&2; flock 9; }
export DEBIAN_FRONTEND=noninteractive

packages() {
  local list=/etc/apt/sources.list.d/bulkhead-src
  if [ ! -s $list.sources ] && [ ! -s $list.list ]; then   # the machine's own Debian entries once more, as source entries
    awk -v RS= '/(^|\n)Types: deb(\n|$)/ && /(^|\n)Suites:[^\n]*bookworm/ { sub(/Types: deb/, "Types: deb-src"); print $0 "\n" }' \
      /etc/apt/sources.list.d/*.sources > $list.sources 2> /dev/null || :
    [ ! -s /etc/apt/sources.list ] || sed -n 's/^deb \(.*bookworm.*\)/deb-src \1/p' /etc/apt/sources.list > $list.list
  fi
  apt-get -qq update
  apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $PACKAGES > /dev/null
  [ -x "$(command -v kubectl)" ] || apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends kubernetes-client > /dev/null
}
images() {
  local s=$K/img-src a
  rm -rf "$s"; mkdir -p "$s/pause" "$s/bb"/{bin,etc,tmp,var/run,proc,sys,dev,home}
  gcc -Os -static -s -o "$s/pause/pause" "$HERE/pause.c"
  install -m755 /bin/busybox "$s/bb/bin/busybox"
  for a in $(/bin/busybox --list); do [ "$a" = busybox ] || ln -sf busybox "$s/bb/bin/$a"; done
  chmod 1777 "$s/bb/tmp"
  printf 'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/sh\n' > "$s/bb/etc/passwd"
  printf 'root:x:0:\nnogroup:x:65534:\n' > "$s/bb/etc/group"
  python3 "$HERE/image.py" localhost/pause:1 "$K/images/pause.tar" "$s/pause" --entrypoint '["/pause"]' --user 65535:65535
  python3 "$HERE/image.py" localhost/busybox:1 "$K/images/busybox.tar" "$s/bb" --cmd '["sh"]'
}
built() { local p; for p in $PROGRAMS; do [ -x "$BIN/$p" ] || return 1; done; }

packages
# In a shell of its own: the build changes its folder, which is then removed.
built || { ( . "$HERE/build.sh"; sources; binaries ); rm -rf "$K/gocache" "$K/src" "$K/gopath"; }
[ -s "$K/images/busybox.tar" ] || images
ls "$BIN" "$K/images"
