import type { Expr } from './expr';
import { exprOf, type Val, type Value } from './value';

/** That one system talks to another, as the construct says it that connects them. */
export interface LinkOptions {
  /** Label `app.kubernetes.io/name` of who talks. */
  readonly from: string;
  /** Tier and label of whom it talks to. */
  readonly to: { readonly tier: string; readonly name: string };
  readonly port: number;
  /** Whether it waits for the other in readiness. */
  readonly required: boolean;
  /** Where it does not hold, there is no such connection. @default always there */
  readonly when?: Value<boolean>;
  /** Secret that it logs in with. @default none */
  readonly secret?: Val<string>;
  /** Where it goes instead, outside the platform; not where the host is empty. @default nowhere */
  readonly external?: { readonly host: Val<string>; readonly port: Val<number> };
}

/** The same with its values open. */
export interface Link {
  readonly from: string;
  readonly to: { readonly tier: string; readonly name: string };
  readonly port: number;
  readonly required: boolean;
  readonly when: Expr | undefined;
  readonly secret: Expr | undefined;
  readonly external: { readonly host: Expr; readonly port: Expr } | undefined;
}

export function linkOf({ when, secret, external, ...rest }: LinkOptions): Link {
  const read = (value: Val<string> | Val<number> | Value<boolean>) => exprOf(value, 'linksTo()');
  return {
    ...rest,
    when: when && read(when),
    secret: secret === undefined ? undefined : read(secret),
    external: external && { host: read(external.host), port: read(external.port) },
  };
}
