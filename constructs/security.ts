import type { Container, PodSpec } from '../synth';

/** Pod Security "restricted" for a pod that runs as this user and group. */
export const podSecurity = (user: number) =>
  ({
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
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
