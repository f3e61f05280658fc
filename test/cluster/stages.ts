import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { nodes, zonalClass } from './nodes';

/*
 * What KWOK makes of nodes, pods and volumes: its own stages, with what the tests need beside them.
 * A pod runs and is ready at once, unless its template is labelled sim/state: unready.
 */

interface Stage {
  metadata: { name: string };
  spec: Record<string, unknown>;
}

const FOLDERS = [
  'stage/node/fast',
  'stage/node/heartbeat-with-lease',
  'stage/node/chaos',
  'stage/pod/fast',
  'stage/pod/chaos',
  'stage/volume/fast',
  'metrics/resource',
  'metrics/usage',
];

/** The configuration of KWOK, as JSON documents. */
export function stages(kustomize: string): string {
  const given = FOLDERS.flatMap((folder) => documents(join(kustomize, folder)));
  const slow = { weight: 1, delay: readyDelay };
  const all = given.map((stage) =>
    ['pod-ready', 'pod-complete'].includes(stage.metadata.name)
      ? { ...stage, spec: { ...stage.spec, ...slow } }
      : stage,
  );
  return [
    ...all,
    barePodComplete,
    unready,
    readyAgain,
    jobPodKilled,
    zonalVolume,
    zonalVolumeDelete,
  ]
    .map((one) => JSON.stringify(one))
    .join('\n---\n');
}

function documents(folder: string): Stage[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names
    .flatMap((name) => parseAllDocuments(readFileSync(join(folder, name), 'utf8')))
    .map((document) => document.toJS() as Stage & { apiVersion: string; kind: string })
    .filter(({ apiVersion, kind }) => apiVersion.startsWith('kwok.') && kind !== 'Kustomization');
}

const readyDelay = {
  durationMilliseconds: 200,
  durationFrom: { expressionFrom: '.metadata.annotations["sim/ready-delay"]' },
};

function podStage(name: string, matchExpressions: object[], rest: object) {
  const alive = { key: DELETED, operator: 'DoesNotExist' };
  return stage('Pod', name, [alive, ...matchExpressions], rest);
}

const DELETED = '.metadata.deletionTimestamp';

function stage(kind: string, name: string, matchExpressions: object[], rest: object) {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: { resourceRef: { apiGroup: 'v1', kind }, selector: { matchExpressions }, ...rest },
  };
}

const phase = (value: string) => ({ key: '.status.phase', operator: 'In', values: [value] });

/** Pods of `helm test` and the like have no owner, and end. */
const barePodComplete = podStage(
  'bare-pod-complete',
  [
    phase('Running'),
    { key: '.metadata.ownerReferences.[].kind', operator: 'DoesNotExist' },
    { key: '.spec.restartPolicy', operator: 'In', values: ['Never', 'OnFailure'] },
  ],
  { weight: 1, delay: readyDelay, next: { statusTemplate: 'phase: Succeeded' } },
);

const conditions = (ready: string) => `
conditions:
${['Initialized', 'Ready', 'ContainersReady']
  .map((type) => `- {type: ${type}, status: "${type === 'Initialized' ? 'True' : ready}"}`)
  .join('\n')}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: ${String(ready === 'True')}
  restartCount: 0
  state: {running: {startedAt: {{ Now | Quote }}}}
{{ end }}
phase: Running
`;

const unready = podStage(
  'sim-unready',
  [phase('Pending'), { key: '.metadata.labels["sim/state"]', operator: 'In', values: ['unready'] }],
  { weight: 1_000_000, next: { statusTemplate: conditions('False') } },
);

/** The controllers mark the pods of a lost node; nothing in KWOK takes that back. */
const readyAgain = podStage(
  'pod-ready-again',
  [
    phase('Running'),
    { key: '.metadata.labels["sim/state"]', operator: 'DoesNotExist' },
    {
      key: '.status.conditions.[] | select( .type == "Ready" ) | .status',
      operator: 'In',
      values: ['False'],
    },
  ],
  { weight: 1, delay: readyDelay, next: { statusTemplate: conditions('True') } },
);

/** A Job with a failure policy waits for the phase in which its pod ended before it goes on. */
const jobPodKilled = stage(
  'Pod',
  'job-pod-killed',
  [
    { key: DELETED, operator: 'Exists' },
    { key: '.metadata.ownerReferences.[].kind', operator: 'In', values: ['Job'] },
    { key: '.status.phase', operator: 'In', values: ['Pending', 'Running'] },
  ],
  { weight: 1_000_000, next: { statusTemplate: 'phase: Failed' } },
);

const cel = (expression: string) => ({ cel: { expression } });
const isZonal = cel(`self.spec.storageClassName == '${zonalClass.metadata.name}'`);
const SELECTED = 'volume.kubernetes.io/selected-node';
const zones = nodes.map(({ name, zone }) => `"${name}" "${zone}"`).join(' ');

/** In the zone of the node that the scheduler chose; the controllers bind it to its claim. */
const zonalVolume = stage(
  'PersistentVolumeClaim',
  'zonal-volume',
  [
    isZonal,
    cel('!has(self.metadata.deletionTimestamp) && !has(self.spec.volumeName)'),
    cel(`has(self.metadata.annotations) && '${SELECTED}' in self.metadata.annotations`),
  ],
  { steps: [{ apply: { template: zonalTemplate() } }] },
);

function zonalTemplate(): string {
  return `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: pvc-{{ .metadata.uid }}
  annotations:
    pv.kubernetes.io/provisioned-by: ${zonalClass.provisioner}
spec:
  accessModes:
  {{ YAML .spec.accessModes 2 }}
  capacity:
  {{ YAML .spec.resources.requests 2 }}
  persistentVolumeReclaimPolicy: Delete
  storageClassName: {{ .spec.storageClassName | Quote }}
  claimRef:
    apiVersion: v1
    kind: PersistentVolumeClaim
    name: {{ .metadata.name | Quote }}
    namespace: {{ .metadata.namespace | Quote }}
    uid: {{ .metadata.uid | Quote }}
  csi:
    driver: volume.kwok.x-k8s.io
    volumeHandle: {{ .metadata.uid | Quote }}
  nodeAffinity:
    required:
      nodeSelectorTerms:
      - matchExpressions:
        - key: topology.kubernetes.io/zone
          operator: In
          values:
          - {{ index (dict ${zones}) (index .metadata.annotations "${SELECTED}") | Quote }}
`;
}

const zonalVolumeDelete = stage(
  'PersistentVolume',
  'zonal-volume-delete',
  [isZonal, cel("self.status.phase == 'Released' && !has(self.metadata.deletionTimestamp)")],
  { steps: [{ delete: true }] },
);
