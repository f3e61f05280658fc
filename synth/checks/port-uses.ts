import { isMap, type JsonMap } from '../merge';
import { asText, type Json } from '../node';
import { once } from '../once';
import { at, listAt } from './json';
import { podOf, type Container, type Pod } from './pod';
import type { Item } from './world';

/* Where objects have port numbers. */

/** A field with a number. */
export interface PortUse {
  readonly path: string;
  readonly port: number;
}

/** One of the ports that a container or a Service lists. */
export interface PortItem {
  /** Where it stands in the object. */
  readonly path: string;
  readonly json: JsonMap;
}

/** Each number that an object has, where it is first. */
export function portUses(item: Item): PortUse[] {
  const uses = [
    ...(podOf(item)?.containers ?? []).flatMap((container) =>
      portsOf(container).flatMap((port) => numbers(port, 'containerPort', 'hostPort')),
    ),
    ...servicePorts(item).flatMap((port) =>
      // A targetPort that is a name leads to a containerPort, which is looked at there.
      numbers(port, 'port', 'targetPort', 'nodePort'),
    ),
    ...(isService(item) ? numbers(specOf(item), 'healthCheckNodePort') : []),
  ];
  return uses.filter(({ port }, index) => uses.findIndex((use) => use.port === port) === index);
}

function numbers({ path, json }: PortItem, ...fields: readonly string[]): PortUse[] {
  return fields.flatMap((field) => {
    const port = json[field];
    return typeof port === 'number' ? [{ path: `${path}/${field}`, port }] : [];
  });
}

export const portsOf = once(({ path, json }: Container) => itemsAt(json, `${path}/ports`));

/** None where the object is no Service. */
export const servicePorts = once((item: Item) =>
  isService(item) ? itemsAt(specOf(item).json, '/spec/ports') : [],
);

const itemsAt = (json: Json, path: string): readonly PortItem[] =>
  listAt(json, 'ports')
    .flatMap((port, index) =>
      isMap(port) ? [{ path: `${path}/${String(index)}`, json: port }] : [],
    )
    .slice();

export const isService = ({ type }: Item): boolean => type === 'Service';

export function specOf({ json }: Item): PortItem {
  const spec = at(json, 'spec');
  return { path: '/spec', json: isMap(spec) ? spec : {} };
}

/** Whether the container runs as long as the pod does; an init container does where it restarts. */
export const stays = (pod: Pod, { path, json }: Container): boolean =>
  path.startsWith(`${pod.path}/containers/`) || json['restartPolicy'] === 'Always';

/** For people, and to compare: ports of different protocols do not clash. */
export const withProtocol = (port: Json, protocol: Json | undefined): string =>
  `${asText(port)} (${asText(protocol ?? 'TCP')})`;
