import type { V1NetworkPolicyEgressRule } from '@kubernetes/client-node';
import { each, notEmpty, whenItems, type Deep, type Val } from '../synth';
import { namespacePeer } from './connection';
import type { PlatformTier } from './globals';

/* Who comes in, and who is reached, beside connections, as rules of a NetworkPolicy. */

/** The ingress controller and load balancers, where there is a public route. */
export function fromOutside({ global }: PlatformTier, routed: Val<boolean>, port: number) {
  const { ingressNamespace, ingressAddresses } = global.network;
  return whenItems(routed, [
    {
      from: [
        namespacePeer(ingressNamespace),
        each(ingressAddresses, (cidr) => ({ ipBlock: { cidr } }), 'cidr'),
      ],
      ports: [{ port }],
    },
  ]);
}

/** Those who read metrics, where a namespace of theirs is named. */
export function fromMonitoring({ global }: PlatformTier, port: number) {
  const { monitoringNamespace } = global.network;
  return whenItems(notEmpty(monitoringNamespace), [
    { from: [namespacePeer(monitoringNamespace)], ports: [{ port }] },
  ]);
}

/** The API server, for the few that talk to it. */
export const toApiServer = ({ global }: PlatformTier): Deep<V1NetworkPolicyEgressRule> => ({
  to: [each(global.network.apiServers, (cidr) => ({ ipBlock: { cidr } }), 'cidr')],
  // Before and after the translation of its Service.
  ports: [{ port: 443 }, { port: 6443 }],
});
