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
  /** Is not always there. */
  readonly dispensable: boolean;
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
      dispensable: from.isDispensable,
    },
  ]);
  return [...new Map(clients).values()];
}
