import { Manifest, When, type Val } from '../synth';
import type { Workload } from './workload';

/**
 * Lets drains take one pod at a time, and a pod that is not ready at any time. Only where there
 * can be more than one pod: a budget for a single one would block drains or say nothing.
 */
export class DisruptionBudget extends When {
  public constructor(workload: Workload, id: string, replicated: Val<boolean>) {
    super(workload, id, replicated);
    new Manifest(this, 'disruption-budget', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: workload.metadata,
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: workload.selector },
      },
    });
  }
}
