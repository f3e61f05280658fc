import type { Plain } from './deep';
import type { Structural } from './schema';

/** A sparse overlay: any part of the values. Lists replace, maps join, as in Helm. */
export type Overlay<T> =
  T extends Structural<infer U>
    ? Plain<U>
    : T extends readonly unknown[]
      ? T
      : T extends object
        ? { readonly [K in keyof T]?: Overlay<T[K]> }
        : T;

/** One place that the platform is deployed to; becomes dist/<name>/ and values-<name>.yaml. */
export interface Environment<V = unknown> {
  readonly name: string;
  /** What the environment changes, in one sentence: the first line of its overlay. */
  readonly summary: string;
  /** `.Release` for dist/, where no Helm sets it. */
  readonly release: { readonly name: string; readonly namespace: string };
  readonly values: OverlayOf<V>;
}

type OverlayOf<V> = {
  readonly [Tier in keyof V]?: Overlay<V[Tier]> &
    (Tier extends 'global' ? unknown : { readonly enabled?: boolean });
};
