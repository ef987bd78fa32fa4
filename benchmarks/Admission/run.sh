#!/usr/bin/env bash
# benchmarks/Admission/run.sh [throughput|throughput-queued|flood|flood-5000|tenants|waiting ...]: for each part an API server of its own, without nodes, and the operator as a process beside it.
. "$(dirname "$0")/../../eng/lib/common.sh"

export KUBE_INSTANCE=${KUBE_INSTANCE:-admission} KUBE_OWNER=$$
folder=${KUBE_DIR:-$HOME/.cache/bulkhead/kube}/instances/$KUBE_INSTANCE
trap '"$ROOT/eng/cluster" down' EXIT
operator=$ROOT/artifacts/admission/bulkhead-operator.dll # compiled as in its image
dotnet publish "$ROOT/src/Operator" -c Release -o "$(dirname "$operator")" -v quiet -p:RestoreLockedMode=true >&2
dotnet build "$ROOT/benchmarks/Admission" -c Release -v quiet -p:RestoreLockedMode=true >&2
[ $# -gt 0 ] || set -- throughput throughput-queued flood flood-5000 tenants waiting
for part in "$@"; do
  "$ROOT/eng/cluster" up control >&2
  kubectl --kubeconfig "$folder/admin.conf" apply --validate=false -k "$ROOT/crds" >&2
  kubectl --kubeconfig "$folder/admin.conf" wait --for=condition=Established crd --all --timeout=60s >&2
  dotnet "$ROOT/benchmarks/Admission/bin/Release/net10.0/Bulkhead.Admission.Benchmarks.dll" "$folder/admin.conf" "$operator" "$part"
  "$ROOT/eng/cluster" down >&2
done
