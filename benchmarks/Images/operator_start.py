"""operator_start.py SAMPLES: starts the installed operator anew, again and again, with one execution waiting for it. Prints rows of a markdown table.

From the start of its process (by /proc, in steps of 10 ms) to the first /readyz that says yes, asked in the pod's network every 10 ms, and to the first line of its
log about the execution: the lease is taken by then, everything is listed, and the first reconcile has written."""
import json
import os
import subprocess
import sys
import time

NAMESPACE = "bulkhead-system"
EXECUTION = """
apiVersion: bulkhead.dev/v1alpha1
kind: WorkflowExecution
metadata: {name: %s, namespace: default}
spec: {workflow: {name: w, nodes: [{name: a, run: "return {}"}]}}
"""


def kubectl(*arguments, text=None):
    return subprocess.run(["kubectl", *arguments], input=text, text=True, check=True, capture_output=True).stdout


def pods():
    return json.loads(kubectl("-n", NAMESPACE, "get", "pods", "-l", "app.kubernetes.io/component=operator", "-o", "json"))["items"]


def scale(replicas):
    kubectl("-n", NAMESPACE, "scale", "deployment/bulkhead-operator", f"--replicas={replicas}")
    while len(pods()) != replicas:
        time.sleep(0.02)


def process_of(pod):
    """Process and its start, in seconds since 1970."""
    booted = time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)
    while True:
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/cmdline") as command, open(f"/proc/{pid}/environ") as environment, open(f"/proc/{pid}/stat") as stat:
                    if command.read().startswith("/app/bulkhead-operator") and f"HOSTNAME={pod}\0" in environment.read():
                        return pid, booted + int(stat.read().rsplit(")", 1)[1].split()[19]) / os.sysconf("SC_CLK_TCK")
            except OSError:
                pass
        time.sleep(0.01)


def wait_ready(pid):
    ask = "until curl -sf -m 1 http://127.0.0.1:8080/readyz > /dev/null; do sleep 0.01; done"
    subprocess.run(["nsenter", "-t", pid, "-n", "bash", "-c", ask], check=True, timeout=60)
    return time.time()


def first_line(pod, execution):
    for _ in range(600):
        for line in kubectl("-n", NAMESPACE, "logs", pod).splitlines():
            entry = json.loads(line)
            if entry.get("State", {}).get("Execution") == f"default/{execution}":
                stamp = entry["Timestamp"].rstrip("Z")
                return time.mktime(time.strptime(stamp[:19], "%Y-%m-%dT%H:%M:%S")) - time.timezone + float(stamp[19:])
        time.sleep(0.1)
    raise TimeoutError(f"the operator's log does not name {execution}")


def row(what, seconds):
    ordered = sorted(s * 1000 for s in seconds)
    print(f"| {what} | p50 {ordered[(len(ordered) - 1) // 2]:.0f} ms, most {ordered[-1]:.0f} ms (n = {len(ordered)}) |")


ready, reconciled = [], []
for i in range(int(sys.argv[1])):
    scale(0)
    kubectl("apply", "-f", "-", text=EXECUTION % f"start-{i}")
    scale(1)
    pod = pods()[0]["metadata"]["name"]
    pid, started = process_of(pod)
    ready.append(wait_ready(pid) - started)
    reconciled.append(first_line(pod, f"start-{i}") - started)
    kubectl("wait", "--for=condition=Succeeded", f"wfx/start-{i}", "--timeout=60s")
kubectl("delete", "wfx", "--all", "--timeout=60s")
print("| operator | measured |\n|---|---|")
row("process starts -> /readyz says yes", ready)
row("process starts -> first reconcile has written (leader election on, the lease was given back)", reconciled)
