import { z } from 'zod';
import type { V1NetworkPolicyPeer } from '@kubernetes/client-node';
import {
  Endpoint,
  concat,
  dnsName,
  notEmpty,
  optionalDnsName,
  orElse,
  port,
  ternary,
  when,
  whenItems,
  type Deep,
  type Each,
  type LinkOptions,
  type Val,
  type Value,
  type Values,
} from '../synth';
import type { Role } from './exporter/kinds';
import type { PlatformTier } from './globals';
import type { Workload } from './workload';

/** Where something answers. */
export interface Address {
  readonly host: Val<string>;
  readonly port: Val<number>;
}
/** Inside the platform the port is a constant. */
interface InsideAddress extends Address {
  readonly port: number;
}

/** A port of a workload that others connect to, through its Service. */
export class ServiceEndpoint extends Endpoint<InsideAddress> {
  public constructor(
    public readonly workload: Workload,
    name: string,
    public readonly port: number,
    /** Keys of the Secret that a client logs in with; none where no login is needed. */
    public readonly secretKeys: readonly string[] = [],
  ) {
    const { tier, name: service } = workload;
    super(tier.options.name, name, () => ({
      host: `${service}.${tier.ownNamespace}.svc.${tier.global.clusterDomain}`,
      port,
    }));
  }
}

const externalValues = (initially: number) =>
  z
    .strictObject({
      host: optionalDnsName()
        .default('')
        .describe('Host outside the platform; empty connects to the one inside.'),
      port: port().default(initially).describe('Port of the host outside.'),
    })
    .describe('Instead of the one that the platform runs.');

/** Values of a connection that may go outside the platform, such as to a managed database. */
export const connectionValues = (options: {
  readonly consumer: string;
  readonly endpoint: string;
  readonly port: number;
}) =>
  z
    .strictObject({
      existingSecret: dnsName()
        .default(`${options.consumer}-${options.endpoint}`)
        .describe('Secret to log in with.'),
      external: externalValues(options.port),
    })
    .meta({ title: 'connection', description: `Connection to ${options.endpoint}.` });

/** Values of a connection without login that may not be there at all; see `when` of its options. */
export const optionalConnectionValues = (options: {
  readonly endpoint: string;
  readonly port: number;
}) =>
  z
    .strictObject({
      enabled: z.boolean().default(true).describe('Whether there is that connection.'),
      external: externalValues(options.port),
    })
    .describe(`Connection to ${options.endpoint}.`);

/** What a connection reads of its values. */
export interface ConnectionValues {
  readonly external: Values<z.output<ReturnType<typeof externalValues>>>;
  readonly existingSecret?: Value<string>;
}

export interface ConnectionOptions {
  /** Made with `connectionValues`, which is needed where the endpoint wants a login. */
  readonly values?: ConnectionValues;
  /** Value of the own tier; where it does not hold, there is no connection. Default: always. */
  readonly when?: Value<boolean>;
  /** Works without the other side: it does not wait for it in readiness. Default: false. */
  readonly optional?: boolean;
  /** Rights of the account that the store makes. Default: all in a database of its own. */
  readonly roles?: readonly Role[];
  /** Start of the names of the variables HOST, PORT and SECRET; default: the endpoint's name. */
  readonly prefix?: string;
  /** Whether there are such variables. Default: true. */
  readonly variables?: boolean;
  /** Further variables, by what follows the same start. */
  readonly env?: Readonly<Record<string, Val<string>>>;
}

/** An edge of the model: who talks to whom. */
export interface Connection {
  readonly from: Workload;
  readonly to: ServiceEndpoint;
  readonly required: boolean;
  readonly when: Value<boolean> | undefined;
  readonly values: ConnectionValues | undefined;
  readonly roles: readonly Role[] | undefined;
}

/** The connection as the model is told of it. */
export const linkOf = ({ from, to, required, when: on, values }: Connection): LinkOptions => ({
  from: from.name,
  to: { tier: to.tier, name: to.workload.name },
  port: to.port,
  required,
  ...(on && { when: on }),
  ...(values && { external: values.external }),
  ...(to.secretKeys.length > 0 && values?.existingSecret && { secret: values.existingSecret }),
});

/** The variables of a connection, as a container has them. */
export function variablesOf(
  prefix: string,
  inside: InsideAddress,
  { values, env = {} }: ConnectionOptions,
) {
  const variable = (name: string, own: Val<string>, outside?: Val<string>) => ({
    name: `${prefix}_${name}`,
    value:
      values === undefined || outside === undefined
        ? own
        : when(notEmpty(values.external.host), outside, own),
  });
  const external = values?.external;
  return [
    variable('HOST', inside.host, external?.host),
    variable('PORT', String(inside.port), external && concat(external.port)),
    ...Object.entries(env).map(([name, value]) => variable(name, value)),
  ];
}

/** The address of the endpoint, or of what the values name instead. */
export function addressOf(inside: InsideAddress, values?: ConnectionValues): Address {
  if (values === undefined) return inside;
  const { host, port: outside } = values.external;
  return {
    host: orElse(host, inside.host),
    port: ternary<number>(notEmpty(host), outside, inside.port),
  };
}

type Peer = Deep<V1NetworkPolicyPeer>;

/** The pods of a workload, as a policy in `tier` names them. */
export function peer(tier: PlatformTier, workload: Workload): Peer {
  const podSelector = { matchLabels: { 'app.kubernetes.io/name': workload.name } };
  if (workload.tier === tier) return { podSelector };
  return { ...namespacePeer(workload.tier.ownNamespace), podSelector };
}

/** All pods of a namespace. */
export const namespacePeer = (name: Value<string>) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

/** What a policy lets the workload reach for a connection. */
export function egressOf({ from, to, values, when: condition }: Connection) {
  const inside = { to: [peer(from.tier, to.workload)], ports: [{ port: to.port }] };
  const rule =
    values === undefined
      ? inside
      : // A policy knows no host names, so the port is open to all addresses.
        when(notEmpty(values.external.host), { ports: [{ port: values.external.port }] }, inside);
  return where(condition, [rule]);
}

/** Items that are there where the condition of a connection holds, if it has one. */
export const where = <T>(
  condition: Value<boolean> | undefined,
  items: readonly T[],
): (T | Each<T>)[] => (condition ? whenItems(condition, items) : [...items]);
