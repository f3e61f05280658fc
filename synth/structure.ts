import { aType, describe, typeOf, type Expr } from './expr';
import { complain } from './misuse';
import { show } from './problems';
import {
  exprOf,
  opaque,
  ownerOfExpr,
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
export function when<T, U = T>(
  condition: Val<boolean>,
  then: T,
  ...otherwise: [] | [U]
): Conditional<T | U> {
  const cond = conditionOf(condition, 'when()');
  return opaque({ kind: 'when', cond, then, otherwise: otherwise[0] }) as Conditional<T>;
}

/** The expression of a condition; Helm takes any value for one, the twin only a boolean. */
export function conditionOf(condition: Val<boolean>, taker: string): Expr {
  const cond = exprOf(condition, taker);
  if (typeOf(cond) !== 'boolean') {
    complain(
      ownerOfExpr(cond),
      `${taker} got ${describe(cond)}, which is ${aType(typeOf(cond))}; its condition is a boolean, such as notEmpty(value) or eq(value, …).`,
    );
  }
  return cond;
}

/** Several items of a list, there only where the condition holds; spread the result with `...`. */
export function whenItems<T, U = T>(
  condition: Val<boolean>,
  then: readonly T[],
  ...otherwise: [] | [readonly U[]]
): Each<T | U>[] {
  const cond = conditionOf(condition, 'whenItems()');
  const content = { kind: 'when', cond, then, otherwise: otherwise[0] } as const;
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
  const expr = exprOf(list, 'each()');
  const word = expr.op === 'ref' ? expr.path.at(-1) : undefined;
  const name = variable ?? word?.replace(/s$/, '') ?? 'item';
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) {
    complain(
      ownerOfExpr(expr),
      `each() got the variable name ${show(name)}, which no template can have; use camelCase letters and digits.`,
    );
  }
  return opaque({
    kind: 'each',
    list: expr,
    variable: name,
    body: body as (item: unknown) => unknown,
  }) as Each<U>;
}

/** Leaves the field out where the text, list or map is empty. */
export function omitEmpty<T extends string | object>(value: Value<T>): Conditional<Value<T>> {
  const expr = exprOf(value, 'omitEmpty()');
  if (!['string', 'list', 'map'].includes(typeOf(expr))) {
    complain(
      ownerOfExpr(expr),
      `omitEmpty() got ${describe(expr)}, which is ${aType(typeOf(expr))} and never empty; it takes a text, list or map, so use when().`,
    );
  }
  return opaque({ kind: 'omitEmpty', expr }) as Conditional<Value<T>>;
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
