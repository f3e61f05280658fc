import { gt, image, omitEmpty, type ManifestLiteral } from '../../synth';
import { podTemplate } from '../pod';
import { probesOf } from '../probes';
import { topologySpread } from '../topology-spread';
import type { StatefulStore } from '.';

export function statefulSet(store: StatefulStore): ManifestLiteral {
  const { values, run, replicas } = store.options;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: store.metadata,
    spec: {
      serviceName: store.name,
      replicas: replicas ?? 1,
      selector: { matchLabels: store.selector },
      template: podTemplate(store, {
        user: run.user,
        values,
        container: container(store),
        ...(run.scratch && { scratch: run.scratch }),
        volumeMounts: [{ name: 'data', mountPath: store.options.data }],
        spec: {
          terminationGracePeriodSeconds: values.terminationGracePeriodSeconds,
          ...(replicas && {
            topologySpreadConstraints: topologySpread(gt(replicas, 1), store.selector),
          }),
        },
      }),
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: omitEmpty(store.tier.global.storageClass),
            resources: { requests: { storage: values.storage } },
          },
        },
      ],
    },
  };
}

function container({ name, tier, options: { values, run, port, probes } }: StatefulStore) {
  return {
    image: image(values.image, tier.global.imageRegistry),
    ...(run.command && { command: run.command }),
    ...(run.args && { args: run.args }),
    ports: [{ name, containerPort: port }],
    resources: values.resources,
    ...probesOf(probes),
  };
}
