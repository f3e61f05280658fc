import { append } from '../append';
import { at, listAt, textAt } from '../checks/json';
import type { Pod } from '../checks/pod';
import { isEmptySelector } from '../checks/selector';
import { selectorOf, type World } from '../checks/world';
import type { Json } from '../node';
import { isSameOwner, ownersOf, type PortOwner, type PortRegistry } from '../ports';

/** A port that a container declares. */
export interface ContainerPort {
  readonly port: number;
  readonly protocol: string;
  readonly name: string;
  readonly container: string;
}

export const containerPorts = ({ containers }: Pod): ContainerPort[] =>
  containers.flatMap((container) =>
    listAt(container.json, 'ports').map((json) => ({
      port: Number(at(json, 'containerPort')),
      protocol: protocolOf(json),
      name: textAt(json, 'name'),
      container: container.name,
    })),
  );

export const protocolOf = (port: Json | undefined): string => textAt(port, 'protocol') || 'TCP';

/** A port of a Service, and where it leads to. */
export interface ServicePort {
  readonly service: string;
  readonly type: string;
  /** Number in the Service. */
  readonly port: string;
  readonly name: string;
  readonly target: Json | undefined;
  readonly protocol: string;
}

/** The ports of all Services that select each pod. */
export function servicesOf(world: World): ReadonlyMap<Pod, readonly ServicePort[]> {
  const found = new Map<Pod, ServicePort[]>();
  for (const item of world.ofType('Service')) {
    const { json, name: service } = item;
    if (isEmptySelector(selectorOf(item))) continue;
    const ports = listAt(json, 'spec', 'ports').map((port) => ({
      service,
      type: textAt(json, 'spec', 'type') || 'ClusterIP',
      port: textAt(port, 'port'),
      name: textAt(port, 'name'),
      target: at(port, 'targetPort') ?? at(port, 'port'),
      protocol: protocolOf(port),
    }));
    for (const pod of world.podsBehind(item)) {
      append(found, pod, ...ports);
    }
  }
  return found;
}

/**
 * Where a system listens: what its containers declare, then what else is registered for it, such as
 * a port on loopback.
 */
export function portsOf(
  pod: Pod,
  services: readonly ServicePort[],
  owner: PortOwner,
  registry: PortRegistry | undefined,
) {
  const own = (registry?.entries ?? []).filter((entry) =>
    ownersOf(entry).some((one) => isSameOwner(one, owner)),
  );
  const purposeOf = (port: number) => {
    const purpose = own.find((entry) => entry.port === port)?.purpose;
    return purpose === undefined ? {} : { purpose };
  };
  const declared = containerPorts(pod);
  const silent = own.filter(({ port }) => !declared.some((one) => one.port === port));
  return [
    ...declared.map(({ name, ...one }) => ({
      port: one.port,
      protocol: one.protocol,
      ...(name !== '' && { name }),
      container: one.container,
      ...purposeOf(one.port),
      services: services
        .filter(
          ({ target, protocol }) =>
            protocol === one.protocol && (target === one.port || target === name),
        )
        .map(({ service, port }) => `${service}:${port}`),
    })),
    ...silent.map(({ port, purpose }) => ({ port, protocol: 'TCP', purpose, services: [] })),
  ];
}
