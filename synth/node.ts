import type { Binding, Expr } from './expr';

/** JSON without null, as manifests and values are. */
export type Json = string | number | boolean | Json[] | { [key: string]: Json };

/** A scalar as text, the way both twins put it into one; structures as JSON. */
export function asText(json: Json | undefined): string {
  return typeof json === 'object' ? JSON.stringify(json) : String(json ?? '');
}

/** Whether a map or list holds nothing; without a list of its keys. */
export function isEmpty(json: object): boolean {
  for (const _ in json) return false;
  return true;
}

/** No key, since it says nothing of the manifest: trees are compared by their keys. */
export const IS_SHARED = Symbol('is shared');

/** A manifest with its values still open: what both twins are made from. */
export type Node = ValueNode | MapNode | ListNode;
/** A constant or an expression; one of a list or map is inserted whole. */
export interface ValueNode {
  readonly kind: 'value';
  readonly expr: Expr;
}
/** Left out where all its entries are; one written as `{}` stays. */
export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  /** Whether the tier's trees have it in several places. */
  [IS_SHARED]?: boolean;
}
/** Left out where all its items are; one written as `[]` stays. */
export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly ListItem[];
  [IS_SHARED]?: boolean;
}

export type MapEntry =
  | Field
  | Block<MapEntry>
  | Spread
  | { readonly kind: 'omitEmpty'; readonly key: string; readonly expr: Expr }
  | Include;
export interface Field {
  readonly kind: 'field';
  readonly key: string;
  readonly node: Node;
}
export interface Include {
  readonly kind: 'include';
  readonly name: string;
  readonly entries: readonly Field[];
}

export type ListItem =
  | Block<ListItem>
  | Spread
  | { readonly kind: 'item'; readonly node: Node }
  | { readonly kind: 'each'; readonly list: Expr; readonly binding: Binding; readonly body: Node };

/** Entries or items under a condition. */
export interface Block<T> {
  readonly kind: 'block';
  readonly cond: Expr;
  readonly then: readonly T[];
  readonly otherwise: readonly T[];
}
/** All entries of a map value, or all items of a list value. */
export interface Spread {
  readonly kind: 'spread';
  readonly expr: Expr;
}
