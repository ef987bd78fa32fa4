# etcd and API server. A control instance listens on loopback at free ports; a node instance at 6443 of its own network namespace.
free_port() { # in our instances' range; a lock per port keeps two starts from taking the same one
  local p
  while p=$(( 20000 + RANDOM % 10000 )); do ! (exec 3<> "/dev/tcp/127.0.0.1/$p") 2> /dev/null && { echo "$p"; return; }; done
}
pick_ports() {
  HOST=127.0.0.1; SVCCIDR=10.96.0.0/16; PORT=$(free_port); ETCD=$(free_port); PEER=$(free_port)
}
up_control() {
  local extra=() help; help=$("$(tool kube-apiserver)" --help 2>&1)
  # 1.20 still has the insecure port and lets requests wait for a minute at least; both flags differ between versions
  [[ $help != *--insecure-port* ]] || extra+=(--insecure-port=0)
  start etcd "$(tool etcd)" --name n1 --data-dir "$R/etcd" --listen-client-urls "http://127.0.0.1:$ETCD" --advertise-client-urls "http://127.0.0.1:$ETCD" \
    --listen-peer-urls "http://127.0.0.1:$PEER" --initial-advertise-peer-urls "http://127.0.0.1:$PEER" --initial-cluster "n1=http://127.0.0.1:$PEER" \
    --log-level warn --logger zap
  echo "http://127.0.0.1:$ETCD" > "$R/etcd.url"
  start apiserver "$(tool kube-apiserver)" --etcd-servers="http://127.0.0.1:$ETCD" --bind-address="${BIND:-127.0.0.1}" --advertise-address="$HOST" --secure-port="$PORT" \
    --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --allow-privileged=true --cert-dir="$P" \
    --client-ca-file="$P/ca.crt" --tls-cert-file="$P/apiserver.crt" --tls-private-key-file="$P/apiserver.key" \
    --service-cluster-ip-range="$SVCCIDR" --service-account-issuer=https://kubernetes.default.svc.cluster.local \
    --service-account-key-file="$P/sa.pub" --service-account-signing-key-file="$P/sa.key" \
    --requestheader-client-ca-file="$P/front.crt" --requestheader-allowed-names=front-proxy-client --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --requestheader-group-headers=X-Remote-Group --requestheader-username-headers=X-Remote-User \
    --proxy-client-cert-file="$P/front-client.crt" --proxy-client-key-file="$P/front-client.key" "${extra[@]}" "${KUBELET_TLS[@]:---profiling=false}" ${APISERVER_EXTRA:-}
  waitfor 60 "API server" curl -sf -m 5 --cacert "$P/ca.crt" "https://$HOST:$PORT/readyz"
}
