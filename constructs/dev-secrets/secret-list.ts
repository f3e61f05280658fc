import type { Val } from '../../synth';
import { accountSecret, clientsOf, type Client } from '../accounts';
import type { PlatformTier } from '../globals';
import type { StatefulStore } from '../stateful-store';

/** Content of one key: a text, or so many random letters and digits. */
export type SecretContent = string | { readonly random: number };

/** How clients log in to a store. */
export interface StoreLogin {
  readonly store: StatefulStore;
  /** The Secret that the store itself starts with. */
  readonly root: Readonly<Record<string, SecretContent>>;
  /**
   * All clients share that Secret, or each has an account of its own, named after it. Those with
   * rights of their own have one in any case.
   */
  readonly clients: 'shared' | 'accounts';
}

/** A Secret that the Job makes, and where it copies it to. */
export interface DevSecret {
  readonly tier: PlatformTier;
  readonly name: Val<string>;
  readonly data: Readonly<Record<string, SecretContent>>;
  readonly copies: readonly { readonly tier: PlatformTier; readonly name: string }[];
}

/** The Secrets of a store and its clients. */
export function secretsOf({ store, root, clients }: StoreLogin): DevSecret[] {
  const { tier } = store;
  // The default of the client's existingSecret.
  const copies = ({ client, hasOwnSecret }: Client) =>
    hasOwnSecret ? [{ tier: client.tier, name: `${client.name}-${store.name}` }] : [];
  const all = clientsOf(store);
  const sharing = clients === 'shared' ? all.filter(({ roles }) => roles === undefined) : [];
  const accounts = all.filter((client) => !sharing.includes(client));
  return [
    {
      tier,
      name: store.options.values.existingSecret,
      data: root,
      copies: sharing.flatMap(copies),
    },
    ...accounts.map((one) => ({
      tier,
      name: accountSecret(store, one.client),
      data: { username: one.client.name, password: { random: PASSWORD_LENGTH } },
      copies: copies(one),
    })),
  ];
}

/** 62 characters to choose from: 32 of them are 190 bits. */
const PASSWORD_LENGTH = 32;

/** The list as make-secrets.mjs reads it. */
export const printList = (secrets: readonly DevSecret[]) =>
  secrets.map(({ tier, name, data, copies }) => ({
    namespace: `${tier.ownNamespace}`,
    name: `${name}`,
    data,
    copies: copies.map((copy) => ({ namespace: `${copy.tier.ownNamespace}`, name: copy.name })),
  }));
