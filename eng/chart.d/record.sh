#!/usr/bin/env bash
# Records objects of a real cluster for tests/Chart.Tests/GitOps, in every state that the table there names. KUBECONFIG names a cluster with the operator.
. "$(dirname "$0")/../lib/common.sh"
out=$ROOT/tests/Chart.Tests/GitOps/Recorded ns=recording; mkdir -p "$out"
kubectl get namespace $ns > /dev/null 2>&1 || kubectl create namespace $ns
k() { kubectl -n $ns "$@"; }
record() { # name kind/object
  k get "$2" -o json | python3 -c 'import json, sys
o = json.load(sys.stdin); o["metadata"].pop("managedFields", None)
(o["metadata"].get("annotations") or {}).pop("kubectl.kubernetes.io/last-applied-configuration", None)
json.dump(o, sys.stdout, indent=1); print()' > "$out/$1.json"
  say "$1: $(k get "$2" -o jsonpath='{.status.phase} {range .status.conditions[*]}{.type}={.status}/{.reason} {end}')"
}
until_is() { # wfx phase
  local i; for i in $(seq 240); do [[ " $2 " != *" $(k get "wfx/$1" -o jsonpath='{.status.phase}') "* ]] || return 0; sleep 0.25; done
  die "$1 is not $2: $(k get "wfx/$1" -o jsonpath='{.status}')"
}
execution() { # name script [spec]
  k apply -f - > /dev/null <<Y
apiVersion: bulkhead.dev/v1alpha1
kind: WorkflowExecution
metadata: {name: $1}
spec:
  ${3:-userId: recorder}
  workflow: {name: $1, nodes: [{name: a, run: "$2"}], edges: [{from: __start__, to: a}, {from: a, to: __end__}]}
Y
}
k delete wfx,wfl,wfc --all > /dev/null 2>&1 || :

execution succeeded "return {x = 1}"; until_is succeeded Succeeded; record execution-succeeded wfx/succeeded
execution failed "error('broken')"; until_is failed Failed; record execution-failed wfx/failed
execution invalid "this is no Lua"; until_is invalid Failed; record execution-invalid wfx/invalid
k apply -f - > /dev/null <<Y
apiVersion: bulkhead.dev/v1alpha1
kind: WorkflowExecution
metadata: {name: waiting}
spec: {workflowRef: {name: nowhere}}
Y
until_is waiting Waiting; record execution-waiting wfx/waiting
execution running "sleep(600)"; until_is running Running; record execution-running wfx/running
execution suspended "sleep(600)"; until_is suspended Running
k patch wfx/suspended --type merge -p '{"spec":{"desiredState":"Suspended"}}' > /dev/null; until_is suspended Suspended; record execution-suspended wfx/suspended
k patch wfx/running --type merge -p '{"spec":{"desiredState":"Terminated"}}' > /dev/null; until_is running Cancelled; record execution-terminated wfx/running
execution deleting "sleep(600)"; until_is deleting Running
k delete wfx/deleting --wait=false > /dev/null; record execution-deleting wfx/deleting
execution pending "return {}" "podTemplate: {nodeSelector: {no: such-node}}"; sleep 3; record execution-pending wfx/pending
k apply -f - > /dev/null <<Y
apiVersion: bulkhead.dev/v1alpha1
kind: Connection
metadata: {name: db}
spec: {type: postgres, config: {host: db.test, port: 5432, database: d}, secretRef: {name: nowhere}}
---
apiVersion: bulkhead.dev/v1alpha1
kind: Workflow
metadata: {name: valid}
spec: {workflow: {name: valid, nodes: [{name: a, run: "return {}"}], edges: [{from: __start__, to: a}, {from: a, to: __end__}]}}
---
apiVersion: bulkhead.dev/v1alpha1
kind: Workflow
metadata: {name: invalid}
spec: {workflow: {name: invalid, nodes: [{name: a, run: "return {}"}], edges: [{from: __start__, to: nowhere}]}}
---
apiVersion: bulkhead.dev/v1alpha1
kind: Tenant
metadata: {name: recording}
spec: {namespaces: [$ns]}
Y
execution credentials-missing "return {}" "connections: [db]"
for i in $(seq 120); do [ "$(k get wfx/credentials-missing -o jsonpath='{.status.conditions[?(@.type=="PodReady")].reason}')" != CredentialsMissing ] || break; sleep 0.5; done
record execution-credentials-missing wfx/credentials-missing
record workflow-valid wfl/valid; record workflow-invalid wfl/invalid; record connection-ready wfc/db; record tenant-ready wft/recording
# an object that nobody has looked at, and one that was edited since
replicas=$(kubectl get deployments -A -l app.kubernetes.io/name=bulkhead-operator -o jsonpath='{.items[0].metadata.namespace} {.items[0].metadata.name} {.items[0].spec.replicas}'); read -r ons deployment count <<< "$replicas"
kubectl -n "$ons" scale deployment "$deployment" --replicas=0 > /dev/null; kubectl -n "$ons" wait --for=delete pod -l app.kubernetes.io/component=operator --timeout=60s > /dev/null
execution new "return {}"; record execution-new wfx/new
k patch wfx/suspended --type merge -p '{"spec":{"desiredState":"Running"}}' > /dev/null; record execution-edited wfx/suspended
kubectl -n "$ons" scale deployment "$deployment" --replicas="$count" > /dev/null
k delete wfx --all --wait=false > /dev/null; kubectl delete wft recording > /dev/null
