{{- define "bulkhead.name" -}}
{{- $short := ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) (contains .Chart.Name .Release.Name) -}}
{{- default $short .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- end }}

{{- define "bulkhead.operator" -}}{{ include "bulkhead.name" . }}-operator{{- end }}

{{- define "bulkhead.serviceAccount" -}}
{{- default (include "bulkhead.operator" .) .Values.operator.serviceAccount.name -}}
{{- end }}

{{/* The only namespace that the operator looks at; empty for all. */}}
{{- define "bulkhead.watched" -}}
{{- if .Values.scope.namespaced }}{{ default .Release.Namespace .Values.scope.namespace }}{{ end -}}
{{- end }}

{{/* Of every pod of the release. */}}
{{- define "bulkhead.identity" -}}
app.kubernetes.io/name: bulkhead-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* Of the operator's pods, and not of those that a hook starts. */}}
{{- define "bulkhead.selector" -}}
{{ include "bulkhead.identity" . }}
app.kubernetes.io/component: operator
{{- end }}

{{- define "bulkhead.labels" -}}
{{ include "bulkhead.identity" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: bulkhead
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* The collector's port; empty where there is none. */}}
{{- define "bulkhead.otlpPort" -}}
{{- with .Values.otlp.endpoint }}
{{- $url := urlParse . }}
{{- default (ternary "443" "80" (eq $url.scheme "https")) (regexFind ":[0-9]+$" $url.host | trimPrefix ":") }}
{{- end -}}
{{- end }}

{{/* Peers of a worker, (dict "cidrs" list "policy" .Values.networkPolicy): what is kept from workers is taken out of everything, each family of addresses by itself. */}}
{{- define "bulkhead.workerPeers" -}}
{{- $except := concat .policy.workers.except .policy.apiServer.cidrs }}
{{- range $cidr := .cidrs }}
{{- $kept := list }}
{{- if hasSuffix "/0" $cidr }}
{{- range $except }}
{{- if eq (contains ":" .) (contains ":" $cidr) }}
{{- $kept = append $kept . }}
{{- end }}
{{- end }}
{{- end }}
- ipBlock:
    cidr: {{ $cidr }}
    {{- with $kept }}
    except: {{- toYaml . | nindent 6 }}
    {{- end }}
{{- end }}
{{- end }}

{{/* An image of the values: (dict "image" .Values.worker.image "chart" .Chart) */}}
{{- define "bulkhead.image" -}}
{{- .image.repository }}{{ if .image.digest }}@{{ .image.digest }}{{ else }}:{{ default .chart.AppVersion .image.tag }}{{ end -}}
{{- end }}

{{/* The shape of the restricted Pod Security Standard. */}}
{{- define "bulkhead.podSecurity" -}}
runAsNonRoot: true
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "bulkhead.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}
