import type { Plain } from './deep';
import { merge, type JsonMap } from './merge';
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

/** Values with a name: what a cloud provider needs, say. Becomes values-<name>.yaml. */
export interface NamedOverlay<V = unknown> {
  readonly name: string;
  /** What it changes, in one sentence: the first line of the file. */
  readonly summary: string;
  readonly values: OverlayOf<V>;
}

/** One place that the platform is deployed to; becomes dist/<name>/ as well. */
export interface Environment<V = unknown> extends NamedOverlay<V> {
  /** `.Release` for dist/, where no Helm sets it. */
  readonly release: { readonly name: string; readonly namespace: string };
}

/** The environment with an overlay put over it, as Helm joins two values files. */
export function withOverlay<V>(
  environment: Environment<V>,
  overlay: NamedOverlay<V>,
): Environment<V> {
  const values = merge(environment.values as JsonMap, overlay.values as JsonMap);
  return { ...environment, values: values as typeof environment.values };
}

type OverlayOf<V> = {
  readonly [Tier in keyof V]?: Overlay<V[Tier]> &
    (Tier extends 'global' ? unknown : { readonly enabled?: boolean });
};
