import type { Container, PodSpec } from '../synth';
import { addedCapabilities, type PodNeeds } from './pod-needs';

/** Pod Security "restricted" for a pod that runs as this user and group, but for what it needs. */
export const podSecurity = (user: number, needs: PodNeeds = {}) =>
  ({
    automountServiceAccountToken: false,
    ...(needs.hostNetwork && { hostNetwork: true }),
    ...(needs.hostPID !== undefined && { hostPID: true }),
    securityContext: {
      runAsNonRoot: user !== 0,
      runAsUser: user,
      runAsGroup: user,
      fsGroup: user,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
  }) as const satisfies Partial<PodSpec>;

/** Pod Security "restricted" for a container. */
export const containerSecurity = {
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
} as const satisfies Partial<Container>;

/** The same, but for what the container needs. */
export function containerSecurityFor(needs: PodNeeds): Pick<Container, 'securityContext'> {
  const { securityContext } = containerSecurity;
  if (needs.privileged !== undefined) {
    // Kubernetes takes the one only with the other, and drops no capability then.
    const privileged = { privileged: true, allowPrivilegeEscalation: true };
    return { securityContext: { ...privileged, readOnlyRootFilesystem: true } };
  }
  const add = addedCapabilities(needs);
  if (add.length === 0) return containerSecurity;
  return { securityContext: { ...securityContext, capabilities: { drop: ['ALL'], add } } };
}
