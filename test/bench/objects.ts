import { CHART, namespaceOf, RELEASE, VERSION, type Place, type Service } from './services';

/** The objects of a service as they are in dist/: what other ways to make them start from. */
export function objectsOf(tier: string, service: Service, place: Place) {
  const { name, port, defaults } = service;
  const settings = { ...defaults, ...place.changes(service) };
  const own = { 'app.kubernetes.io/name': name };
  const pods = { ...own, 'app.kubernetes.io/instance': RELEASE };
  const metadata = {
    name,
    namespace: namespaceOf(tier),
    labels: {
      ...pods,
      'app.kubernetes.io/part-of': CHART,
      'app.kubernetes.io/managed-by': 'kubectl',
      'helm.sh/chart': `${tier}-${VERSION}`,
    },
  };
  const peers = [{ namespaceSelector: {} }];
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: settings.replicas,
        selector: { matchLabels: pods },
        template: { metadata: { labels: pods }, spec: podOf(service, settings) },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: pods, ports: [{ name: 'http', port, targetPort: 'http' }] },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: {
        LOG_LEVEL: settings.logLevel,
        MAX_CONNECTIONS: String(settings.maxConnections),
        PUBLIC_URL: `https://${name}.${place.domain}/`,
      },
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: pods },
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: {
        podSelector: { matchLabels: pods },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: peers, ports: [{ protocol: 'TCP', port }] }],
        egress: [{ ports: [{ protocol: 'UDP', port: 53 }] }, { to: peers }],
      },
    },
  ];
}

function podOf({ name, port }: Service, { image, cpu, memory, nodeSelector }: Service['defaults']) {
  const ask = (path: string) => ({ httpGet: { path, port: 'http' } });
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name,
        image: `${image.registry}/${image.repository}:${image.tag}`,
        ports: [{ name: 'http', containerPort: port }],
        envFrom: [{ configMapRef: { name } }],
        resources: { requests: { cpu, memory }, limits: { memory } },
        startupProbe: { ...ask('/health'), periodSeconds: 2, failureThreshold: 30 },
        livenessProbe: { ...ask('/health'), periodSeconds: 10, timeoutSeconds: 5 },
        readinessProbe: { ...ask('/ready'), periodSeconds: 5 },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      },
    ],
    ...(Object.keys(nodeSelector).length > 0 && { nodeSelector }),
  };
}
