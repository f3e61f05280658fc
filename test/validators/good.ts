/* The smallest platform that the policies have nothing to say about. */

const NAMESPACE = 'shop';
const labels = {
  'app.kubernetes.io/name': 'web',
  'app.kubernetes.io/instance': 'shop',
  'app.kubernetes.io/part-of': 'shop',
  'app.kubernetes.io/managed-by': 'kubectl',
};
const metadata = { name: 'web', namespace: NAMESPACE, labels };

const podOf = (name: string, restartPolicy: string, more: object) => ({
  metadata: { labels, annotations: {} },
  spec: {
    serviceAccountName: 'web',
    automountServiceAccountToken: false,
    restartPolicy,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name,
        image: 'registry.example/web:1.2.3',
        resources: { requests: { cpu: '10m', memory: '10Mi' }, limits: { memory: '10Mi' } },
        env: [{ name: 'PASSWORD', value: '/run/secrets/password' }],
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        ...more,
      },
    ],
    topologySpreadConstraints: [{ topologyKey: 'kubernetes.io/hostname', maxSkew: 1 }],
    volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }],
  },
});

/** Each by its kind, made anew. */
export const good = () => ({
  Namespace: {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: NAMESPACE,
      labels: { ...labels, 'pod-security.kubernetes.io/enforce': 'restricted' },
      annotations: {},
    },
  },
  Deployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 2,
      selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      template: podOf('web', 'Always', {
        ports: [{ containerPort: 80 }],
        livenessProbe: { tcpSocket: { port: 80 } },
        readinessProbe: { httpGet: { port: 80, path: '/' } },
      }),
    },
  },
  CronJob: {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: {
      schedule: '0 0 * * *',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 60,
      jobTemplate: {
        spec: { backoffLimit: 1, activeDeadlineSeconds: 60, template: podOf('job', 'Never', {}) },
      },
    },
  },
  Service: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { selector: { 'app.kubernetes.io/name': 'web' }, ports: [{ port: 80 }] },
  },
  Ingress: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata,
    spec: {
      tls: [{ hosts: ['shop.example'], secretName: 'tls' }],
      rules: [{ host: 'shop.example' }],
    },
  },
  NetworkPolicy: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'shop' } },
      policyTypes: ['Ingress', 'Egress'],
      egress: [{ ports: [{ port: 53 }] }],
    },
  },
  PodDisruptionBudget: {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  },
  ClusterRole: {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'web', labels },
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }],
  },
  RoleBinding: {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    roleRef: { kind: 'ClusterRole', name: 'web' },
    subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: NAMESPACE }],
  },
});
