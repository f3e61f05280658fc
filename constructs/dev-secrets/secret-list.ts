import type { Val } from '../../synth';
import { accountSecret, clientsOf } from '../accounts';
import type { PlatformTier } from '../globals';
import type { StatefulStore } from '../stateful-store';

/** Content of one key: a text, or so many random letters and digits. */
export type SecretContent = string | { readonly random: number };

/** How clients log in to a store. */
export interface StoreLogin {
  readonly store: StatefulStore;
  /** The Secret that the store itself starts with. */
  readonly root: Readonly<Record<string, SecretContent>>;
  /** All clients share that Secret, or each has an account of its own, named after it. */
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
  const copies = clientsOf(store).map(({ client, hasOwnSecret }) => ({
    client,
    // The default of the client's existingSecret.
    copies: hasOwnSecret ? [{ tier: client.tier, name: `${client.name}-${store.name}` }] : [],
  }));
  const own = { tier, name: store.options.values.existingSecret, data: root };
  if (clients === 'shared') return [{ ...own, copies: copies.flatMap((one) => one.copies) }];
  const accounts = copies.map(({ client, copies }) => ({
    tier,
    name: accountSecret(store, client),
    data: { username: client.name, password: { random: PASSWORD_LENGTH } },
    copies,
  }));
  return [{ ...own, copies: [] }, ...accounts];
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
