// The same objects in Jsonnet, a file for each environment: jsonnet -m <folder> --tla-code-file
// shop=shop.json shop.jsonnet
local pods(shop, service) = {
  'app.kubernetes.io/name': service.name,
  'app.kubernetes.io/instance': shop.release,
};

local metadata(shop, tier, service) = {
  name: service.name,
  namespace: tier.namespace,
  labels: pods(shop, service) {
    'app.kubernetes.io/part-of': shop.chart,
    'app.kubernetes.io/managed-by': 'kubectl',
    'helm.sh/chart': '%s-%s' % [tier.name, shop.version],
  },
};

local ask(path) = { httpGet: { path: path, port: 'http' } };

local container(service, settings) = {
  local image = settings.image,
  name: service.name,
  image: '%(registry)s/%(repository)s:%(tag)s' % image,
  ports: [{ name: 'http', containerPort: service.port }],
  envFrom: [{ configMapRef: { name: service.name } }],
  resources: {
    requests: { cpu: settings.cpu, memory: settings.memory },
    limits: { memory: settings.memory },
  },
  startupProbe: ask('/health') { periodSeconds: 2, failureThreshold: 30 },
  livenessProbe: ask('/health') { periodSeconds: 10, timeoutSeconds: 5 },
  readinessProbe: ask('/ready') { periodSeconds: 5 },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
};

local pod(service, settings) = {
  serviceAccountName: service.name,
  automountServiceAccountToken: false,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: 1000,
    runAsGroup: 1000,
    fsGroup: 1000,
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  },
  containers: [container(service, settings)],
  [if std.length(settings.nodeSelector) > 0 then 'nodeSelector']: settings.nodeSelector,
};

local objects(shop, tier, service, settings, domain) = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: {
      replicas: settings.replicas,
      selector: { matchLabels: pods(shop, service) },
      template: {
        metadata: { labels: pods(shop, service) },
        spec: pod(service, settings),
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    spec: {
      selector: pods(shop, service),
      ports: [{ name: 'http', port: service.port, targetPort: 'http' }],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    data: {
      LOG_LEVEL: settings.logLevel,
      MAX_CONNECTIONS: '%d' % settings.maxConnections,
      PUBLIC_URL: 'https://%s.%s/' % [service.name, domain],
    },
  },
  { apiVersion: 'v1', kind: 'ServiceAccount', automountServiceAccountToken: false },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: pods(shop, service) },
    },
  },
  {
    local peers = [{ namespaceSelector: {} }],
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    spec: {
      podSelector: { matchLabels: pods(shop, service) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: peers, ports: [{ protocol: 'TCP', port: service.port }] }],
      egress: [{ ports: [{ protocol: 'UDP', port: 53 }] }, { to: peers }],
    },
  },
];

function(shop) {
  [place.name + '.json']: [
    { metadata: metadata(shop, tier, service) } + object
    for tier in shop.tiers
    for service in tier.services
    for object in objects(
      shop,
      tier,
      service,
      service.defaults + std.get(std.get(place.changes, tier.name, {}), service.key, {}),
      place.domain
    )
  ]
  for place in shop.places
}
