import type { PodNeeds } from '../../../constructs';
import { podSecurityException } from '../../../synth';

/* What a pod needs beyond Pod Security "restricted" is said one by one, each with its reason. */

export const withoutReasons: PodNeeds = {
  hostPaths: [
    // TS2741: Property 'reason' is missing in type '{ name: string; path: string; mountPath:
    // string; }' but required in type 'HostPath'.
    { name: 'sys', path: '/sys', mountPath: '/sys' },
  ],
  // TS2322: Type 'boolean' is not assignable to type '{ readonly reason: string; readonly ports:
  // readonly number[]; }'.
  hostNetwork: true,
  // TS2322: Type 'boolean' is not assignable to type 'string'.
  root: true,
};

// TS2353: Object literal may only specify known properties, and 'hostIPC' does not exist in type
// 'PodNeeds'.
export const unknown: PodNeeds = { hostIPC: 'It shares memory.' };

// TS2345: Argument of type '"hostPid"' is not assignable to parameter of type '"hostIPC" |
// "hostNetwork" | "hostPID" | "hostPorts" | "hostPath" | "volumeTypes" | "privileged" |
// "allowPrivilegeEscalation" | "capabilities.drop" | "capabilities.add" | "runAsNonRoot" | ... 9
// more ... | "enforce"'.
podSecurityException('hostPid', true, 'A slip.');
