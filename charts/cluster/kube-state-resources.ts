/** What is measured, by API group: the kinds of the platform, nodes and volumes. No Secrets. */
const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  '': [
    'namespaces',
    'nodes',
    'persistentvolumeclaims',
    'persistentvolumes',
    'pods',
    'resourcequotas',
  ],
  apps: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  autoscaling: ['horizontalpodautoscalers'],
  batch: ['cronjobs', 'jobs'],
  'networking.k8s.io': ['ingresses'],
  policy: ['poddisruptionbudgets'],
};

/** What it may do with them. */
export const rules = Object.entries(RESOURCES).map(([group, resources]) => ({
  apiGroups: [group],
  resources,
  verbs: ['list', 'watch'],
}));

/** How it is told to; by default it would ask for more. */
export const resourceArgs = Object.values(RESOURCES).map(
  (resources) => `--resources=${resources.join(',')}`,
);
