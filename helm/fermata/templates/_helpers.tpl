{{- define "fermata.fullname" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "fermata.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "fermata.labels" -}}
{{ include "fermata.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "fermata.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* fermata.yaml; refuses what another value sets, and numbers that do not fit each other. */}}
{{- define "fermata.config" -}}
{{- $ours := dict "kafka" (list "bootstrap.servers" "security.protocol" "sasl.mechanism") "registry" (list "schema.registry.url") "topics" (list "prefix" "partitions" "replicationFactor" "create") "streams" (list "threads" "standbyReplicas" "closeTimeout" "instanceId") "state" (list "dir") "rules" (list "path") "http" (list "host" "port" "tokensFile" "advertised") }}
{{- range $section, $keys := $ours }}
{{- $given := index $.Values.config $section }}
{{- if and $given (kindIs "map" $given) }}
{{- range $keys }}{{ if hasKey $given . }}{{ fail (printf "config.%s.%s: is set by another value of the chart" $section .) }}{{ end }}{{ end }}
{{- end }}
{{- end }}
{{- $most := ternary .Values.autoscaling.maxReplicas .Values.replicas .Values.autoscaling.enabled | int }}
{{- if gt (mul $most .Values.streams.threads | int) (int .Values.topics.partitions) }}
{{- fail (printf "%d instances with streams.threads %d are more than topics.partitions %d can keep busy" $most (int .Values.streams.threads) (int .Values.topics.partitions)) }}
{{- end }}
{{- if ge (int .Values.streams.standbyReplicas) (int .Values.replicas) }}
{{- if gt (int .Values.streams.standbyReplicas) 0 }}
{{- fail (printf "streams.standbyReplicas %d: expected less than replicas, %d: a copy lies on another instance" (int .Values.streams.standbyReplicas) (int .Values.replicas)) }}
{{- end }}
{{- end }}
{{- if and (hasPrefix "SASL" .Values.kafka.securityProtocol) (not .Values.kafka.sasl.mechanism) }}
{{- fail (printf "kafka.sasl.mechanism: expected one with kafka.securityProtocol %s" .Values.kafka.securityProtocol) }}
{{- end }}
{{- $kafka := dict "bootstrap.servers" .Values.kafka.bootstrapServers "security.protocol" .Values.kafka.securityProtocol }}
{{- with .Values.kafka.sasl.mechanism }}{{ $_ := set $kafka "sasl.mechanism" . }}{{ end }}
{{- with .Values.kafka.tls }}
{{- if .secretName }}
{{- $_ := set $kafka "ssl.truststore.type" .type }}
{{- $_ := set $kafka "ssl.truststore.location" (printf "/etc/fermata/tls/%s" .truststoreKey) }}
{{- if .keystoreKey }}
{{- $_ := set $kafka "ssl.keystore.type" .type }}
{{- $_ := set $kafka "ssl.keystore.location" (printf "/etc/fermata/tls/%s" .keystoreKey) }}
{{- end }}
{{- end }}
{{- end }}
{{- $registry := dict "schema.registry.url" .Values.registry.url }}
{{- if .Values.registry.userInfoSecret.name }}{{ $_ := set $registry "basic.auth.credentials.source" "USER_INFO" }}{{ end }}
{{- $own := dict
  "kafka" $kafka
  "registry" $registry
  "topics" (dict "prefix" .Values.topics.prefix "partitions" (int .Values.topics.partitions) "replicationFactor" (int .Values.topics.replicationFactor) "create" (not .Values.topics.createJob))
  "streams" (dict "threads" (int .Values.streams.threads) "standbyReplicas" (int .Values.streams.standbyReplicas) "closeTimeout" (printf "PT%dS" (sub (int .Values.terminationGracePeriodSeconds) 10))) }}
{{- if .Values.rules }}{{ $_ := set $own "rules" (dict "path" "/etc/fermata/rules") }}{{ end }}
{{- toYaml (mergeOverwrite (deepCopy .Values.config) $own) }}
{{- end }}

{{- define "fermata.env" -}}
- name: FERMATA_CONFIG
  value: /etc/fermata/config/fermata.yaml
- name: FERMATA_JAVA_OPTS
  value: {{ .Values.javaOpts | quote }}
{{- with .Values.kafka.sasl.jaasSecret }}
{{- if .name }}
- name: FERMATA_KAFKA_SASL_JAAS_CONFIG
  valueFrom: {secretKeyRef: {name: {{ .name | quote }}, key: {{ .key | quote }}}}
{{- end }}
{{- end }}
{{- with .Values.kafka.tls }}
{{- if and .secretName .truststorePasswordKey }}
- name: FERMATA_KAFKA_SSL_TRUSTSTORE_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ .secretName | quote }}, key: {{ .truststorePasswordKey | quote }}}}
{{- end }}
{{- if and .secretName .keystorePasswordKey }}
- name: FERMATA_KAFKA_SSL_KEYSTORE_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ .secretName | quote }}, key: {{ .keystorePasswordKey | quote }}}}
{{- end }}
{{- end }}
{{- with .Values.registry.userInfoSecret }}
{{- if .name }}
- name: FERMATA_REGISTRY_BASIC_AUTH_USER_INFO
  valueFrom: {secretKeyRef: {name: {{ .name | quote }}, key: {{ .key | quote }}}}
{{- end }}
{{- end }}
{{- end }}

{{- define "fermata.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: ["ALL"]}
{{- end }}

{{- define "fermata.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "fermata.scaling" -}}
# Each step moves state: slowly up, and down only after a quiet hour.
scaleUp:
  stabilizationWindowSeconds: 600
  policies: [{type: Pods, value: 1, periodSeconds: 600}]
scaleDown:
  stabilizationWindowSeconds: 3600
  policies: [{type: Pods, value: 1, periodSeconds: 3600}]
{{- end }}
