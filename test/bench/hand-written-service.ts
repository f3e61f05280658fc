import type { Service } from './services';

/** The templates of a service as people write them, by name of the file. */
export function templatesOf(tier: string, { name, key, port }: Service): Record<string, string> {
  const metadata = `\
metadata:
  name: ${name}
  namespace: {{ .Values.global.namespaces.${tier} }}
  labels:
    app.kubernetes.io/name: ${name}
    {{- include "${tier}.labels" . | nindent 4 }}`;
  const pods = (spaces: number) =>
    `app.kubernetes.io/name: ${name}\n${' '.repeat(spaces)}{{- include "${tier}.selectorLabels" . | nindent ${String(spaces)} }}`;
  return {
    'deployment.yaml': `\
apiVersion: apps/v1
kind: Deployment
${metadata}
spec:
  replicas: {{ .Values.${key}.replicas }}
  selector:
    matchLabels:
      ${pods(6)}
  template:
    metadata:
      labels:
        ${pods(8)}
    spec:
      serviceAccountName: ${name}
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
        runAsGroup: 1000
        fsGroup: 1000
        fsGroupChangePolicy: OnRootMismatch
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: ${name}
          image: {{ include "${tier}.image" (dict "global" .Values.global "image" .Values.${key}.image) }}
          ports:
            - name: http
              containerPort: ${String(port)}
          envFrom:
            - configMapRef:
                name: ${name}
          resources:
            requests:
              cpu: {{ .Values.${key}.cpu | quote }}
              memory: {{ .Values.${key}.memory | quote }}
            limits:
              memory: {{ .Values.${key}.memory | quote }}
          startupProbe:
            httpGet:
              path: /health
              port: http
            periodSeconds: 2
            failureThreshold: 30
          livenessProbe:
            httpGet:
              path: /health
              port: http
            periodSeconds: 10
            timeoutSeconds: 5
          readinessProbe:
            httpGet:
              path: /ready
              port: http
            periodSeconds: 5
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop:
                - ALL
      {{- with .Values.${key}.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
`,
    'service.yaml': `\
apiVersion: v1
kind: Service
${metadata}
spec:
  selector:
    ${pods(4)}
  ports:
    - name: http
      port: ${String(port)}
      targetPort: http
`,
    'configmap.yaml': `\
apiVersion: v1
kind: ConfigMap
${metadata}
data:
  LOG_LEVEL: {{ .Values.${key}.logLevel }}
  MAX_CONNECTIONS: {{ .Values.${key}.maxConnections | quote }}
  PUBLIC_URL: https://${name}.{{ .Values.global.domain }}/
`,
    'serviceaccount.yaml': `\
apiVersion: v1
kind: ServiceAccount
${metadata}
automountServiceAccountToken: false
`,
    'pdb.yaml': `\
apiVersion: policy/v1
kind: PodDisruptionBudget
${metadata}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      ${pods(6)}
`,
    'networkpolicy.yaml': `\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
${metadata}
spec:
  podSelector:
    matchLabels:
      ${pods(6)}
  policyTypes:
    - Ingress
    - Egress
  ingress:
    - from:
        - namespaceSelector: {}
      ports:
        - protocol: TCP
          port: ${String(port)}
  egress:
    - ports:
        - protocol: UDP
          port: 53
    - to:
        - namespaceSelector: {}
`,
  };
}
