#!/usr/bin/env bash
# benchmarks/Images/run.sh [samples]: as root; the images' sizes, and how long their programs take to start in pods: the operator (the chart, one replica), then the
# worker (benchmarks/Executions, without its race), on clusters of their own. Prints markdown.
. "$(dirname "$0")/../../eng/lib/common.sh"

samples=${1:-15}
export KUBE_INSTANCE=bench KUBE_NET=10.97.0 KUBE_PODS=10.246.0.0/24 KUBE_OWNER=$$
export KUBECONFIG=${KUBE_DIR:-$HOME/.cache/bulkhead/kube}/instances/$KUBE_INSTANCE/admin.conf
images=("$ROOT"/artifacts/image/{worker,operator}.tar)
trap '"$ROOT/eng/cluster" down' EXIT
"$ROOT/eng/image" worker >&2; "$ROOT/eng/image" operator >&2
python3 "$ROOT/benchmarks/Images/sizes.py" "${images[@]}"
"$ROOT/eng/cluster" up >&2
"$ROOT/eng/cluster" load "${images[@]}" >&2
"$ROOT/eng/chart" install -n bulkhead-system -f "$ROOT/charts/bulkhead/ci/local-values.yaml" --set operator.replicas=1 >&2
python3 "$ROOT/benchmarks/Images/operator_start.py" "$samples"
"$ROOT/eng/cluster" down >&2
"$ROOT/benchmarks/Executions/run.sh" 0
