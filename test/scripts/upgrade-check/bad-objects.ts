import type { BadSeed } from './seed';

/* Changes of objects that an upgrade must not make. */

const ANEW = 'delete it and apply it again, or give the new one another name.';
const ORPHAN =
  'delete it with kubectl delete --cascade=orphan, which leaves its pods and claims, and apply it again';
const shopLabels = { app: 'shop' };
const claims = (storage: string) => [
  {
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
  },
];

/** That the API server refuses. */
export const refusedFields: readonly BadSeed[] = [
  {
    title: 'the selector of a Deployment',
    objects: {
      web: {
        spec: {
          selector: { matchLabels: shopLabels },
          template: { metadata: { labels: shopLabels } },
        },
      },
    },
    refuses: 'web',
    says: [
      'prod, selector',
      `Deployment shop/web: spec.selector.matchLabels.app changes from "web" to "shop", but spec.selector cannot change in a Deployment that exists; ${ANEW}`,
    ],
  },
  {
    title: 'a label more in the selector of a DaemonSet',
    objects: {
      agent: {
        spec: {
          selector: { matchLabels: { tier: 'nodes' } },
          template: { metadata: { labels: { tier: 'nodes' } } },
        },
      },
    },
    refuses: 'agent',
    says: [
      'prod, selector',
      `DaemonSet shop/agent: spec.selector.matchLabels.tier is added as "nodes", but spec.selector cannot change in a DaemonSet that exists; ${ANEW}`,
    ],
  },
  {
    title: 'the size in a claim template',
    objects: { store: { spec: { volumeClaimTemplates: claims('2Gi') } } },
    refuses: 'store',
    says: [
      'prod, claim-template',
      `StatefulSet shop/store: spec.volumeClaimTemplates[data].spec.resources.requests.storage changes from "1Gi" to "2Gi", but spec.volumeClaimTemplates cannot change in a StatefulSet that exists; ${ORPHAN}, after growing its claims themselves (docs/operations.md, "Grow a volume").`,
    ],
  },
  {
    title: 'the serviceName of a StatefulSet',
    objects: { store: { spec: { serviceName: 'stores' } } },
    refuses: 'store',
    says: [
      'prod, service-name',
      `StatefulSet shop/store: spec.serviceName changes from "store" to "stores", but spec.serviceName cannot change in a StatefulSet that exists; ${ORPHAN}.`,
    ],
  },
  {
    title: 'the order in which a StatefulSet starts pods',
    objects: { store: { spec: { podManagementPolicy: 'Parallel' } } },
    refuses: 'store',
    says: [
      'prod, pod-management',
      `StatefulSet shop/store: spec.podManagementPolicy is added as "Parallel", but spec.podManagementPolicy cannot change in a StatefulSet that exists; ${ORPHAN}.`,
    ],
  },
  {
    title: 'a Service that loses its address',
    objects: { webService: { spec: { clusterIP: 'None' } } },
    refuses: 'webService',
    says: [
      'prod, cluster-ip',
      `Service shop/web: spec.clusterIP is added as "None", but spec.clusterIP cannot change in a Service that exists; ${ANEW}`,
    ],
  },
  {
    title: 'the image of a Job of the same name',
    objects: {
      migrate: {
        spec: {
          template: {
            spec: { containers: [{ name: 'migrate', image: 'docker.io/library/migrate:2.0.0' }] },
          },
        },
      },
    },
    refuses: 'migrate',
    says: [
      'prod, job-template',
      `Job shop/migrate-1: spec.template.spec.containers[migrate].image changes from "docker.io/library/migrate:1.0.0" to "docker.io/library/migrate:2.0.0", but spec.template cannot change in a Job that exists; ${ANEW}`,
    ],
  },
  {
    title: 'a parameter of a StorageClass',
    objects: { class: { parameters: { type: 'gp3' } } },
    refuses: 'class',
    says: [
      'prod, storage-class',
      `StorageClass shop-fast: parameters.type changes from "gp2" to "gp3", but parameters cannot change in a StorageClass that exists; ${ANEW}`,
    ],
  },
  {
    title: 'the class of a claim',
    objects: { dumps: { spec: { storageClassName: 'shop-fast' } } },
    refuses: 'dumps',
    says: [
      'prod, claim-spec',
      'PersistentVolumeClaim shop/dumps: spec.storageClassName is added as "shop-fast", but spec.storageClassName cannot change in a PersistentVolumeClaim that exists; copy the data to a claim of another name.',
    ],
  },
  {
    title: 'a smaller claim',
    objects: { dumps: { spec: { resources: { requests: { storage: '4Gi' } } } } },
    refuses: 'dumps',
    says: [
      'prod, claim-size',
      'PersistentVolumeClaim shop/dumps: spec.resources.requests.storage changes from "5Gi" to "4Gi", but spec.resources.requests.storage of a claim that exists can only grow; copy the data to a claim of another name.',
    ],
  },
  {
    title: 'what a RoleBinding gives',
    objects: { reader: { roleRef: { name: 'edit' } } },
    refuses: 'reader',
    says: [
      'prod, role-ref',
      `RoleBinding shop/reader: roleRef.name changes from "view" to "edit", but roleRef cannot change in a RoleBinding that exists; ${ANEW}`,
    ],
  },
  {
    title: 'the value of a PriorityClass',
    objects: { priority: { value: 2000 } },
    refuses: 'priority',
    says: [
      'prod, priority',
      `PriorityClass shop-high: value changes from 1000 to 2000, but value cannot change in a PriorityClass that exists; ${ANEW}`,
    ],
  },
  {
    title: 'the handler of a RuntimeClass',
    objects: { runtime: { handler: 'runsc' } },
    refuses: 'runtime',
    says: [
      'prod, runtime-handler',
      `RuntimeClass shop-runtime: handler changes from "runc" to "runsc", but handler cannot change in a RuntimeClass that exists; ${ANEW}`,
    ],
  },
  {
    title: 'the data of a ConfigMap that says it is immutable',
    objects: { prices: { data: { apple: '2' } } },
    refuses: 'prices',
    says: [
      'prod, sealed',
      `ConfigMap shop/prices: data.apple changes from "1" to "2", but data cannot change in a ConfigMap that exists; ${ANEW}`,
    ],
  },
];

/** That the API server takes, and that lose data. */
export const losses: readonly BadSeed[] = [
  {
    title: 'a claim that is gone',
    objects: { dumps: null },
    says: [
      'prod, claim-dropped',
      'PersistentVolumeClaim shop/dumps is gone from the output, and its data with it; keep its name, or copy the data first.',
    ],
  },
  {
    title: 'a StatefulSet with claims that has another name',
    objects: { store: { metadata: { name: 'database' } } },
    says: [
      'prod, claim-dropped',
      'StatefulSet shop/store is gone from the output with the claims of its template data, and its data with it; keep its name, or copy the data first.',
    ],
  },
  {
    title: 'a namespace that is gone',
    objects: { archive: null },
    says: [
      'prod, namespace-dropped',
      'Namespace shop-archive is gone from the output, so nobody looks after what is in it; keep its tier and its name under global.namespaces, or move the data first and delete it.',
    ],
  },
  {
    title: 'an object in another namespace',
    objects: { settings: { metadata: { namespace: 'shop-archive' } } },
    says: [
      'prod, namespace-moved',
      'ConfigMap settings changes its metadata.namespace from shop to shop-archive, but objects do not move: new ones come to be there, without the data of the old; set the namespace back under global.namespaces, or install a new release and move the data.',
    ],
  },
  {
    title: 'a claim that Helm no longer keeps',
    objects: { dumps: { metadata: { annotations: null } } },
    says: [
      'prod, keep-lost',
      'PersistentVolumeClaim shop/dumps: metadata.annotations["helm.sh/resource-policy"] is removed, which was "keep", so Helm would delete it and its data with the release; put it back.',
    ],
  },
];
