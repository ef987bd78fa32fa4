# Builds Kubernetes 1.20.2 from Debian's source package. Sourced by assets.sh.
R2=$K/src/r2/usr/share/gocode/src/github.com/modern-go/reflect2

sources() {
  [ -d "$SRC/cmd/kube-apiserver" ] || ( cd "$K/src" && apt-get -qq source kubernetes && rm -rf kubernetes && mv kubernetes-1.20.*/ kubernetes )
  [ -d "$R2" ] || ( cd "$K/src" && apt-get -qq download golang-github-modern-go-reflect2-dev && dpkg-deb -x golang-github-modern-go-reflect2-dev_*.deb r2 )
}
patches() {
  # reflect2 1.0.1 crashes with Go >= 1.18 in map iteration: take Debian's 1.0.2
  rm -f vendor/github.com/modern-go/reflect2/*.go vendor/github.com/modern-go/reflect2/*.s
  cp "$R2"/*.go "$R2"/*.s vendor/github.com/modern-go/reflect2/
  # built with Go >= 1.19 the validator takes "" for null (it compares reflect.Values by pointer) and would refuse custom resources with an empty string
  sed -i 's/data == nil || reflect.DeepEqual(reflect.Zero(reflect.TypeOf(data)), reflect.ValueOf(data))/data == nil/' \
    vendor/github.com/go-openapi/validate/type.go vendor/k8s.io/kube-openapi/pkg/validation/validate/type.go
  # timing only: no 5 x 1 s wait for a docker that is not there; the kubelet retries pod deletion every 1 s instead of 10 s
  sed -i 's/^const syncPeriod = .*/const syncPeriod = 1 * time.Second/' pkg/kubelet/status/status_manager.go
  sed -i -E 's/i < rootDirRetries;/i < 1;/;s/time.Sleep\(rootDirRetryPeriod\)/time.Sleep(rootDirRetryPeriod\/100)/' vendor/github.com/google/cadvisor/container/docker/factory.go
}
openapi() { # upstream generates these definitions at build time
  local dirs inputs d
  go build -o "$K/gopath/openapi-gen" k8s.io/kubernetes/vendor/k8s.io/kube-openapi/cmd/openapi-gen
  dirs=$(grep -rl --include=*.go '+k8s:openapi-gen=' pkg staging/src/k8s.io cmd | grep -v -e code-generator/ -e sample-apiserver/ -e /testdata/ -e _test.go \
    | xargs -n1 dirname | sed 's#^staging/src/#vendor/#' | LC_ALL=C sort -u)
  inputs=$(for d in $dirs; do printf 'k8s.io/kubernetes/%s,' "$d"; done)
  "$K/gopath/openapi-gen" --go-header-file vendor/k8s.io/code-generator/hack/boilerplate.go.txt -O zz_generated.openapi -i "${inputs%,}" \
    -p k8s.io/kubernetes/pkg/generated/openapi -r "$K/logs/openapi-violations.txt"
}
binaries() {
  # GOPATH mode, as upstream's own scripts do for 1.20: in module mode Go >= 1.16 says "updates to go.mod needed"
  export GOCACHE=${GOCACHE:-$K/gocache} GOPATH=$K/gopath GO111MODULE=off GOPROXY=off CGO_ENABLED=0
  mkdir -p "$GOPATH/src/k8s.io"; ln -sfn "$SRC" "$GOPATH/src/k8s.io/kubernetes"; cd "$GOPATH/src/k8s.io/kubernetes"   # the logical path: $PWD is what go reads
  patches
  [ -s pkg/generated/openapi/zz_generated.openapi.go ] || openapi
  local flags="" p
  for p in component-base/version client-go/pkg/version; do p=k8s.io/kubernetes/vendor/k8s.io/$p
    flags+=" -X $p.gitVersion=v1.20.2 -X $p.gitMajor=1 -X $p.gitMinor=20 -X $p.gitTreeState=clean -X $p.gitCommit=debian -X $p.buildDate=2021-01-13T13:20:00Z"
  done
  # one go build, so that shared packages are compiled once
  nice -n 10 go build -trimpath -ldflags "-s -w $flags" -o "$BIN/" $(printf 'k8s.io/kubernetes/cmd/%s ' $PROGRAMS)
}
