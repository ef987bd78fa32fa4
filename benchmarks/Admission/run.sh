#!/usr/bin/env bash
# benchmarks/Admission/run.sh [throughput|flood|tenants|waiting ...]: an API server of its own, the operator as a process beside it, and the measurement.
. "$(dirname "$0")/../../eng/lib/common.sh"

export KUBE_INSTANCE=${KUBE_INSTANCE:-admission} KUBE_OWNER=$$
folder=${KUBE_DIR:-$HOME/.cache/bulkhead/kube}/instances/$KUBE_INSTANCE
trap '"$ROOT/eng/cluster" down' EXIT
dotnet build "$ROOT/src/Operator" -c Release -v quiet -p:RestoreLockedMode=true >&2
dotnet build "$ROOT/benchmarks/Admission" -c Release -v quiet -p:RestoreLockedMode=true >&2
"$ROOT/eng/cluster" up control >&2
kubectl --kubeconfig "$folder/admin.conf" apply --validate=false -k "$ROOT/crds" >&2
kubectl --kubeconfig "$folder/admin.conf" wait --for=condition=Established crd --all --timeout=60s >&2
operator=$(find "$ROOT/src/Operator/bin/Release" -name bulkhead-operator.dll | head -1)
dotnet "$ROOT/benchmarks/Admission/bin/Release/net10.0/Bulkhead.Admission.Benchmarks.dll" "$folder/admin.conf" "$operator" "$@"
