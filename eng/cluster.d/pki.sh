# Certificates and kubeconfig files of one instance. Valid for a year: an instance lives for a test run.
ca() { # name subject
  openssl ecparam -name prime256v1 -genkey -noout -out "$P/$1.key"
  openssl req -x509 -new -key "$P/$1.key" -days 365 -subj "/CN=$2" -addext keyUsage=critical,keyCertSign,digitalSignature,cRLSign -out "$P/$1.crt"
}
cert() { # name subject [alternative names] [authority]
  local ext='basicConstraints=CA:FALSE\nkeyUsage=digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth,clientAuth\n'
  openssl ecparam -name prime256v1 -genkey -noout -out "$P/$1.key"
  openssl req -new -key "$P/$1.key" -subj "$2" | openssl x509 -req -days 365 -CA "$P/${4:-ca}.crt" -CAkey "$P/${4:-ca}.key" \
    -set_serial "0x$(openssl rand -hex 8)" -extfile <(printf "$ext%s" "${3:+subjectAltName=$3}") -out "$P/$1.crt" 2> /dev/null
}
kubeconfig() { # file certificate server
  ( umask 077; cat > "$1" <<Y
apiVersion: v1
kind: Config
clusters: [{name: k, cluster: {server: "$3", certificate-authority-data: $(base64 -w0 "$P/ca.crt")}}]
users: [{name: u, user: {client-certificate-data: $(base64 -w0 "$P/$2.crt"), client-key-data: $(base64 -w0 "$P/$2.key")}}]
contexts: [{name: c, context: {cluster: k, user: u}}]
current-context: c
Y
  )
}
pki() {
  mkdir -p "$P"; chmod 700 "$P"
  ca ca kubernetes-ca; ca front front-proxy-ca
  cert apiserver /CN=kube-apiserver "DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,DNS:localhost,IP:10.96.0.1,IP:$HOST,IP:127.0.0.1"
  cert front-client /CN=front-proxy-client "" front
  cert admin /O=system:masters/CN=admin
  openssl genrsa -out "$P/sa.key" 2048 2> /dev/null; openssl rsa -in "$P/sa.key" -pubout -out "$P/sa.pub" 2> /dev/null
  kubeconfig "$R/admin.conf" admin "https://$HOST:$PORT"
  echo "https://$HOST:$PORT" > "$R/server"
  [ "$kind" = control ] || pki_node
  say certificates
}
