# Helm's part on a cluster, by hand, for machines without Helm. Sourced by eng/chart; "$@" are the flags of `render`.
namespace=default; [ "${1:-}" != -n ] || namespace=$2
work=$ROOT/artifacts/chart/$release; mkdir -p "$work"
version=$(kubectl version -o json | sed -n '/serverVersion/,$ s/.*"gitVersion": "v\([0-9.]*\).*/\1/p')

render_own() { "$(renderer)" template "$release" "$chart" "$@" --kube-version "$version"; }

# Runs the hooks of a name by weight, waits for their Jobs, and deletes them: all when they succeeded, none when one failed, as their policy says.
run_hooks() { # name flags...
  local hook=$1 job failed=0; shift
  render_own "$@" --hook "$hook" > "$work/$hook.yaml"
  [ -s "$work/$hook.yaml" ] || return 0
  kubectl delete --ignore-not-found --wait -f "$work/$hook.yaml" > /dev/null 2>&1 || :
  kubectl apply -f "$work/$hook.yaml"
  while read -r ns job; do
    until kubectl -n "$ns" get job "$job" -o jsonpath='{.status.conditions[*].type}' | grep -qE 'Complete|Failed'; do sleep 0.5; done
    kubectl -n "$ns" logs "job/$job" || :
    kubectl -n "$ns" get job "$job" -o jsonpath='{.status.conditions[*].type}' | grep -q Complete || failed=1
  done < <(kubectl get -f "$work/$hook.yaml" -o go-template="{{define \"o\"}}{{.kind}} {{.metadata.namespace}} {{.metadata.name}}{{\"\\n\"}}{{end}}\
{{if .items}}{{range .items}}{{template \"o\" .}}{{end}}{{else}}{{template \"o\" .}}{{end}}" | sed -n 's/^Job //p')
  [ $failed = 0 ] || die "hook $hook failed"
  kubectl delete --wait -f "$work/$hook.yaml" > /dev/null
}

install() {
  local validate=() crd
  [[ $version != 1.20.* && $version != 1.21.* && $version != 1.22.* && $version != 1.23.* && $version != 1.24.* ]] || validate=(--validate=false)   # CEL is unknown there
  kubectl get namespace "$namespace" > /dev/null 2>&1 || kubectl create namespace "$namespace"
  # Helm makes CRDs that are missing and never touches those that are there
  for crd in "$chart"/crds/*.yaml; do kubectl create "${validate[@]}" -f "$crd" 2> "$work/crd.log" || grep -q AlreadyExists "$work/crd.log" || die "$(cat "$work/crd.log")"; done
  kubectl wait --for=condition=Established --timeout=60s -f "$chart/crds" > /dev/null
  render_own "$@" --no-hooks > "$work/manifests.yaml"
  kubectl apply -f "$work/manifests.yaml"   # unlike Helm, what an older revision had and this one has not stays
  kubectl -n "$namespace" get deployments -l "app.kubernetes.io/instance=$release" -o name | xargs -n1 kubectl -n "$namespace" rollout status --timeout=180s
  "$(renderer)" notes "$release" "$chart" "$@" --kube-version "$version"
}
test() { run_hooks test "$@"; }
uninstall() {
  run_hooks pre-delete "$@"
  render_own "$@" --no-hooks > "$work/manifests.yaml"
  kubectl delete --ignore-not-found --wait -f "$work/manifests.yaml"
  rm -rf "$work"
}
