import type { Val } from '../synth';
import { whenItems } from '../synth';

/** Spreads replicas over nodes and zones where that is possible. */
export function topologySpread(
  replicated: Val<boolean>,
  matchLabels: Readonly<Record<string, string>>,
) {
  return [
    ...whenItems(replicated, [
      spreadOver('kubernetes.io/hostname', matchLabels),
      spreadOver('topology.kubernetes.io/zone', matchLabels),
    ]),
  ];
}

const spreadOver = (topologyKey: string, matchLabels: Readonly<Record<string, string>>) => ({
  topologyKey,
  maxSkew: 1,
  // A replica in the wrong place serves better than one that waits.
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels },
});
