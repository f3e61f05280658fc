import type { V1Volume, V1VolumeMount } from '@kubernetes/client-node';
import { podSecurityException, when, whenItems, type Val, type Value } from '../synth';
import type { Item } from './workload';

/** What a pod needs beyond Pod Security "restricted"; each with its reason, in one line. */
export interface PodNeeds {
  /** The network of the node, in which each port of the pod is one of the node. */
  readonly hostNetwork?: { readonly reason: string; readonly ports: readonly number[] };
  /** The processes of the node. */
  readonly hostPID?: string;
  /** User 0, without capabilities: it owns what root owns, and nothing more. */
  readonly root?: string;
  /** All devices and all capabilities: the container is as the node itself. */
  readonly privileged?: string;
  /** Single capabilities, by name without CAP_. */
  readonly capabilities?: Readonly<Record<string, Need>>;
  /** Folders and sockets of the node. */
  readonly hostPaths?: readonly HostPath[];
}

export interface Need {
  readonly reason: string;
  /** Where it does not hold, it is not needed. Default: always. */
  readonly when?: Value<boolean>;
}

/** A folder or socket of the node, read-only unless it says `writable`. */
export interface HostPath extends Need {
  /** Of the volume. */
  readonly name: string;
  readonly path: Val<string>;
  /** Where it is in the container. */
  readonly mountPath: string;
  readonly writable?: true;
  /** What must be there before, or is made. Default: nothing is asked. */
  readonly type?: 'Directory' | 'DirectoryOrCreate';
  /** Whether mounts that come later on the node are seen. Default: they are not. */
  readonly propagation?: 'HostToContainer';
}

type Texts = Readonly<Record<string, string>>;

/** The annotations that declare each of them, for the check `pod-security`. */
export function exceptionsFor(needs: PodNeeds): Texts {
  const { hostNetwork, hostPID, root, privileged, capabilities = {}, hostPaths = [] } = needs;
  return {
    ...(hostNetwork && podSecurityException('hostNetwork', true, hostNetwork.reason)),
    ...(hostNetwork && portsOf(hostNetwork.ports)),
    ...(hostPID !== undefined && podSecurityException('hostPID', true, hostPID)),
    ...(root !== undefined && {
      ...podSecurityException('runAsNonRoot', false, root),
      ...podSecurityException('runAsUser', 0, root),
    }),
    ...(privileged !== undefined && {
      ...podSecurityException('privileged', true, privileged),
      ...podSecurityException('allowPrivilegeEscalation', true, privileged),
      ...podSecurityException('capabilities.drop', 'missing', privileged),
    }),
    ...mapWhere(
      Object.entries(capabilities).map(([name, need]) => ({ name, ...need })),
      ({ name, reason }) => podSecurityException('capabilities.add', name, reason, name),
    ),
    ...mapWhere(hostPaths, ({ name, path, reason }) =>
      podSecurityException('hostPath', path, reason, name),
    ),
  };
}

const portsOf = (ports: readonly number[]) =>
  merged(
    ports.map((port) => {
      const reason = 'In the network of the node each port of a pod is one of the node.';
      return podSecurityException('hostPorts', port, reason, String(port));
    }),
  );

const merged = (all: readonly Texts[]) => Object.assign({}, ...all) as Texts;

/** The volumes of folders of the node. */
export const hostVolumes = ({ hostPaths = [] }: PodNeeds): Item<V1Volume>[] =>
  listWhere(hostPaths, ({ name, path, type }) => ({
    name,
    hostPath: { path, ...(type && { type }) },
  }));

/** Where they are in the container. */
export const hostVolumeMounts = ({ hostPaths = [] }: PodNeeds): Item<V1VolumeMount>[] =>
  listWhere(hostPaths, ({ name, mountPath, writable, propagation }) => ({
    name,
    mountPath,
    ...(writable ? {} : { readOnly: true }),
    ...(propagation && { mountPropagation: propagation }),
  }));

/** The capabilities that are added. */
export const addedCapabilities = ({ capabilities = {} }: PodNeeds): Val<string>[] =>
  listWhere(
    Object.entries(capabilities).map(([name, need]) => ({ name, ...need })),
    ({ name }): Val<string> => name,
  );

/** Needs that follow each other and hold where the same does, so that the chart asks once. */
function runsOf<T extends Need>(needs: readonly T[]): T[][] {
  const runs: T[][] = [];
  for (const need of needs) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && last[0].when === need.when) last.push(need);
    else runs.push([need]);
  }
  return runs;
}

const mapWhere = <T extends Need>(needs: readonly T[], textsOf: (need: T) => Texts): Texts =>
  merged(
    runsOf(needs).map((run): Texts => {
      const texts = merged(run.map(textsOf));
      const condition = run[0]?.when;
      return condition === undefined ? texts : { ...when(condition, texts) };
    }),
  );

const listWhere = <T extends Need, U>(needs: readonly T[], itemOf: (need: T) => U): U[] =>
  runsOf(needs).flatMap((run) => {
    const items = run.map(itemOf);
    const condition = run[0]?.when;
    return condition === undefined ? items : (whenItems(condition, items) as U[]);
  });
