import { Manifest } from '../synth';
import { egressOf, peer } from './connection';
import type { Workload } from './workload';

/** Lets through what connections and the workload say; everything else is denied, both ways. */
export class NetworkPolicy extends Manifest {
  public constructor(workload: Workload, id: string) {
    const ingress = [...workload.traffic.ingress, ...fromConsumers(workload)];
    const egress = [...workload.connections.flatMap(egressOf), ...workload.traffic.egress];
    super(workload, id, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: workload.metadata,
      spec: {
        podSelector: { matchLabels: workload.selector },
        policyTypes: ['Ingress', 'Egress'],
        ...(ingress.length > 0 && { ingress }),
        ...(egress.length > 0 && { egress }),
      },
    });
  }
}

/** One rule for each port that others connect to. */
function fromConsumers(workload: Workload) {
  const ports = [...new Set(workload.consumers.map(({ to }) => to.port))];
  return ports.map((port) => {
    const consumers = workload.consumers.filter(({ to }) => to.port === port);
    const from = [...new Set(consumers.map((connection) => connection.from))];
    return { from: from.map((consumer) => peer(workload.tier, consumer)), ports: [{ port }] };
  });
}
