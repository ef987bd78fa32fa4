#!/usr/bin/env bash
# benchmarks/Executions/run.sh [executions at once, or 0 for no race] [rounds]: as root; a cluster of its own with an audit log, the worker's image, and the measurement.
. "$(dirname "$0")/../../eng/lib/common.sh"

export KUBE_INSTANCE=bench KUBE_NET=10.97.0 KUBE_PODS=10.246.0.0/24 KUBE_OWNER=$$
folder=${KUBE_DIR:-$HOME/.cache/bulkhead/kube}/instances/$KUBE_INSTANCE
policy=$ROOT/benchmarks/Executions/audit-policy.yaml
trap '"$ROOT/eng/cluster" down' EXIT
dotnet build "$ROOT/benchmarks/Executions" -c Release -v quiet -p:RestoreLockedMode=true >&2
"$ROOT/eng/image" worker >&2
APISERVER_EXTRA="--audit-policy-file=$policy --audit-log-path=$folder/audit.log" "$ROOT/eng/cluster" up >&2
"$ROOT/eng/cluster" load "$ROOT/artifacts/image/worker.tar" >&2
k() { kubectl --kubeconfig "$folder/admin.conf" "$@"; }
k apply --validate=false -k "$ROOT/config" >&2
k wait --for=condition=Established crd --all --timeout=60s >&2
secret=$(k -n bulkhead-system get serviceaccount bulkhead-operator -o 'jsonpath={.secrets[0].name}')
token=$(k -n bulkhead-system get secret "$secret" -o 'jsonpath={.data.token}' | base64 -d)
dotnet "$ROOT/benchmarks/Executions/bin/Release/net10.0/Bulkhead.Executions.Benchmarks.dll" "$folder/admin.conf" "$token" "$@"
