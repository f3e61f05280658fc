import {
  exprOf,
  opaque,
  type Each,
  type ListValue,
  type Val,
  type Value,
  type Values,
  type Conditional,
} from './value';

/**
 * Something that is there only where the condition holds: the value of a field, an item of a
 * list, or, spread with `...`, several fields or items at once.
 */
export function when<T>(condition: Val<boolean>, then: T, ...otherwise: [] | [T]): Conditional<T> {
  const content = { kind: 'when', cond: exprOf(condition), then, otherwise: otherwise[0] } as const;
  return opaque(content) as Conditional<T>;
}

/** Several items of a list, there only where the condition holds; spread the result with `...`. */
export function whenItems<T>(
  condition: Val<boolean>,
  then: readonly T[],
  ...otherwise: [] | [readonly T[]]
): Each<T>[] {
  const content = { kind: 'when', cond: exprOf(condition), then, otherwise: otherwise[0] } as const;
  return [opaque({ kind: 'spread', of: content }) as Each<T>];
}

/**
 * One item for each item of a list value.
 * @param variable name of the template's range variable; default: the last word of the value's
 * path without its plural s.
 */
export function each<T, U>(
  list: ListValue<T>,
  body: (item: Values<T>) => U,
  variable?: string,
): Each<U> {
  const expr = exprOf(list);
  const word = expr.op === 'ref' ? expr.path.at(-1) : undefined;
  return opaque({
    kind: 'each',
    list: expr,
    variable: variable ?? word?.replace(/s$/, '') ?? 'item',
    body: body as (item: unknown) => unknown,
  }) as Each<U>;
}

/** Leaves the field out where the text, list or map is empty. */
export function omitEmpty<T extends string | object>(value: Value<T>): Conditional<Value<T>> {
  return opaque({ kind: 'omitEmpty', expr: exprOf(value) }) as Conditional<Value<T>>;
}

/**
 * Several fields with a name of their own in the chart's _helpers.tpl; spread it into maps.
 * Meant for names and labels.
 */
export function fragment(
  name: string,
  content: Readonly<Record<string, Val<string>>>,
): Readonly<Record<string, never>> {
  return opaque({ kind: 'include', name, content }) as Readonly<Record<string, never>>;
}
