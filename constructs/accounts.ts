import type { Value } from '../synth';
import type { Role } from './exporter/kinds';
import type { StatefulStore } from './stateful-store';
import type { Workload } from './workload';

/** A workload that logs in to a store. */
export interface Client {
  readonly client: Workload;
  /** Rights of its account; none: those of an owner of its own database. */
  readonly roles: readonly Role[] | undefined;
  /** Reads the login from a Secret of its own, and not from that of the store or its account. */
  readonly hasOwnSecret: boolean;
  /** Where it does not hold, the client is not there; none: it always is. */
  readonly when: Value<boolean> | undefined;
}

/** Where the Secret of an account is, in the namespace of the store. */
export const accountSecret = (store: StatefulStore, client: Workload) =>
  `${store.name}-${client.name}`;

/** Who logs in to the store, each once. */
export function clientsOf(store: StatefulStore): readonly Client[] {
  const logins = store.consumers.filter(({ values, roles }) => values ?? roles);
  const clients = logins.map(({ from, values, roles }): [Workload, Client] => [
    from,
    {
      client: from,
      roles,
      hasOwnSecret: values !== undefined,
      when: from.condition,
    },
  ]);
  return [...new Map(clients).values()];
}
