import type { Conditional, Each, spreadBrand, Val, Value } from './value';

type IsAny<T> = 0 extends 1 & T ? true : false;

/** Fields of the models that hold quantities, whose type there is just text. */
export type QuantityKey =
  | 'limits'
  | 'requests'
  | 'hard'
  | 'default'
  | 'defaultRequest'
  | 'max'
  | 'min'
  | 'maxLimitRequestRatio'
  | 'overhead'
  | 'podFixed'
  | 'capacity'
  | 'maximumVolumeSize'
  | 'sizeLimit'
  | 'divisor'
  | 'averageValue';

type Dashed<S extends string> = S extends `${infer A}_${infer B}` ? `${A}-${Dashed<B>}` : S;

/** The JSON name of a model's field: `_from` is `from`, `x_kubernetes_…` is `x-kubernetes-…`. */
export type JsonName<K> = K extends `x_kubernetes_${infer Rest}`
  ? `x-kubernetes-${Dashed<Rest>}`
  : K extends `_${infer Rest}`
    ? Rest
    : K;

/** Of a field with such a name; where it is no quantity and no map of them, it is an ordinary one. */
type DeepQuantity<T> = [T] extends [string]
  ? Val<string | number>
  : string extends keyof T
    ? | {
          readonly [name: string]:
            Val<string | number> | Conditional<Val<string | number>> | undefined;
        }
      | Value<object>
    : Deep<T>;

type Field<K, T> = JsonName<K> extends QuantityKey ? DeepQuantity<T> : Deep<T>;

/**
 * A model of the Kubernetes API as this engine takes it: the JSON itself, with a Value wherever
 * a value can stand, and conditions on fields and items.
 */
export type Deep<T> =
  IsAny<T> extends true
    ? unknown
    : [T] extends [string | number | boolean]
      ? Val<T>
      : T extends Date
        ? Val<string>
        : T extends readonly (infer U)[]
          ? | readonly (Deep<U> | Conditional<Deep<U>> | Each<Deep<U>> | Each<U>)[]
            | Value<readonly U[]>
          : T extends object
            ? DeepObject<T> | Value<T>
            : T;

export type DeepObject<T> = DeepFields<T> & {
  /** Left by `...when(condition, fields)`: its fields are those of the object. */
  readonly [spreadBrand]?: Partial<DeepFields<T>>;
};

type DeepFields<T> = {
  readonly [K in keyof T as JsonName<K>]:
    | Field<K, Exclude<T[K], undefined>>
    | Conditional<Field<K, Exclude<T[K], undefined>>>
    | (undefined extends T[K] ? undefined : never);
};

/** A model as the JSON that stands in a values file: without Values, with the JSON's own names. */
export type Plain<T> =
  IsAny<T> extends true
    ? unknown
    : T extends string | number | boolean | undefined
      ? T
      : T extends Date
        ? string
        : T extends readonly (infer U)[]
          ? readonly Plain<U>[]
          : { readonly [K in keyof T as JsonName<K>]: Plain<T[K]> };
