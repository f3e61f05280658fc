import type { V2MetricSpec } from '@kubernetes/client-node';
import { z } from 'zod';
import { Manifest, When, structuralList, type Value, type Values } from '../synth';
import type { Workload } from './workload';

const percent = (initially: number, of: string) =>
  z.int().min(1).max(100).default(initially).describe(`${of} in percent of the request to aim at.`);

export const autoscalingValues = () =>
  z
    .strictObject({
      enabled: z
        .boolean()
        .default(false)
        .describe('Whether the autoscaler sets the number of pods.'),
      minReplicas: z.int().min(1).max(1000).default(2).describe('Fewest pods.'),
      maxReplicas: z.int().min(1).max(1000).default(6).describe('Most pods.'),
      targetCPU: percent(70, 'CPU'),
      targetMemory: percent(80, 'Memory'),
      metrics: structuralList<V2MetricSpec>()
        .describe('Further metrics, as Kubernetes has them; custom ones need an adapter.')
        .meta({
          examples: [
            [
              {
                type: 'Pods',
                pods: {
                  metric: { name: 'http_requests_per_second' },
                  target: { type: 'AverageValue', averageValue: '100' },
                },
              },
            ],
          ],
        }),
    })
    .describe('HorizontalPodAutoscaler.');
export type AutoscalingValues = z.output<ReturnType<typeof autoscalingValues>>;

/** Sets the number of a Deployment's pods by CPU, memory and further metrics. */
export class Autoscaler extends When {
  public constructor(workload: Workload, id: string, values: Values<AutoscalingValues>) {
    super(workload, id, values.enabled);
    new Manifest(this, 'autoscaler', {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: workload.metadata,
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: workload.name },
        metrics: [
          utilization('cpu', values.targetCPU),
          utilization('memory', values.targetMemory),
          ...values.metrics,
        ],
        minReplicas: values.minReplicas,
        maxReplicas: values.maxReplicas,
      },
    });
  }
}

const utilization = (name: string, averageUtilization: Value<number>) => ({
  type: 'Resource',
  resource: { name, target: { type: 'Utilization', averageUtilization } },
});
