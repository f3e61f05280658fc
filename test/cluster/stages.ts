import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

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
  return [...all, barePodComplete, unready, readyAgain]
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
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: {
      resourceRef: { apiGroup: 'v1', kind: 'Pod' },
      selector: {
        matchExpressions: [
          { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' },
          ...matchExpressions,
        ],
      },
      ...rest,
    },
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
