import type { ManifestLiteral, Value } from '../../synth';
import type { AppTierSelf } from '.';
import type { Parts } from './node-service';

export function hpa({ values }: AppTierSelf, { metadata }: Parts): ManifestLiteral {
  const { autoscaling } = values.nodeService;
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'node-service' },
      minReplicas: autoscaling.minReplicas,
      maxReplicas: autoscaling.maxReplicas,
      metrics: [
        utilization('cpu', autoscaling.targetCPU),
        utilization('memory', autoscaling.targetMemory),
      ],
    },
  };
}

const utilization = (name: string, averageUtilization: Value<number>) => ({
  type: 'Resource',
  resource: { name, target: { type: 'Utilization', averageUtilization } },
});
