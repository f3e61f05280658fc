import { aType, describe, typeOf, type Call, type Expr } from './expr';
import { SAFE_INTEGER, type Schema } from './schema';

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The smallest and largest integer that the expression can become, by the schemas it reads. */
export function rangeOf(expr: Expr): Range {
  if (expr.op === 'const') return { min: Number(expr.value), max: Number(expr.value) };
  if (expr.op === 'ref') return schemaRange(expr.schema);
  if (expr.op !== 'call') throw new TypeError(`${describe(expr)} is text and has no range.`);
  const ranges = (expr.name === 'ternary' ? expr.args.slice(1) : expr.args).map(rangeOf);
  const mins = ranges.map((range) => range.min);
  const maxs = ranges.map((range) => range.max);
  switch (expr.name) {
    case 'plus':
      return { min: sum(mins), max: sum(maxs) };
    case 'minus':
      return { min: (mins[0] ?? 0) - (maxs[1] ?? 0), max: (maxs[0] ?? 0) - (mins[1] ?? 0) };
    case 'times': {
      const corners = (ranges[0] ? [ranges[0].min, ranges[0].max] : []).flatMap((a) =>
        ranges[1] ? [a * ranges[1].min, a * ranges[1].max] : [],
      );
      return { min: Math.min(...corners), max: Math.max(...corners) };
    }
    case 'min':
      return { min: Math.min(...mins), max: Math.min(...maxs) };
    case 'max':
      return { min: Math.max(...mins), max: Math.max(...maxs) };
    default:
      return { min: Math.min(...mins), max: Math.max(...maxs) };
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

function schemaRange(schema: Schema): Range {
  if (schema.enum !== undefined) {
    return { min: Math.min(...schema.enum.map(Number)), max: Math.max(...schema.enum.map(Number)) };
  }
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema;
  return {
    min: minimum ?? (exclusiveMinimum === undefined ? -SAFE_INTEGER : exclusiveMinimum + 1),
    max: maximum ?? (exclusiveMaximum === undefined ? SAFE_INTEGER : exclusiveMaximum - 1),
  };
}

/** @throws RangeError when the result of an integer operator could leave the exact integers. */
export function requireSafe(call: Call): void {
  const odd = call.args.find((arg) => typeOf(arg) !== 'integer');
  if (odd !== undefined) {
    throw new TypeError(
      `${call.name}() got ${describe(odd)}, which is ${aType(typeOf(odd))}; it takes integers only.`,
    );
  }
  const { min, max } = rangeOf(call);
  if (min < -SAFE_INTEGER || max > SAFE_INTEGER) {
    throw new RangeError(
      `${describe(call)} could reach ${String(min < -SAFE_INTEGER ? min : max)}, beyond the integers that Helm computes exactly; give its values a min() and max() in the schema.`,
    );
  }
}
