import { describe, typeOf, type Call, type Expr, type ExprType, type OperatorName } from './expr';
import { requireSafe } from './range';
import { complain } from './misuse';
import { exprOf, makeValue, ownerOfExpr, type Val, type Value } from './value';

function call<T>(name: OperatorName, ...operands: unknown[]): Value<T> {
  const expr: Call = {
    op: 'call',
    name,
    args: operands.map((operand) => exprOf(operand, `${nameInCode(name)}()`)),
  };
  try {
    check(expr);
  } catch (error) {
    complain(ownerOfExpr(expr), (error as Error).message);
  }
  return makeValue<T>(expr);
}

const nameInCode = (name: OperatorName) => (name === 'default' ? 'orElse' : name);

/** What each operand must be; the others only have to agree with each other. */
const TAKES: Partial<Record<OperatorName, string>> = {
  and: 'boolean',
  or: 'boolean',
  not: 'boolean',
  gt: 'number',
  ge: 'number',
  default: 'string',
  sha256: 'string',
  shortHash: 'string',
  b64: 'string',
};

/** The compiler says most of this first, and better; this holds where types were cast away. */
function check(expr: Call): void {
  const [first, second, third] = expr.args.map((arg) => family(typeOf(arg)));
  if (['plus', 'minus', 'times', 'min', 'max'].includes(expr.name)) requireSafe(expr);
  for (const arg of expr.args) requireType(expr, arg, TAKES[expr.name] ?? 'any');
  if (expr.name === 'eq' && first !== second) {
    throw new TypeError(
      `${describe(expr)} compares a ${String(first)} with a ${String(second)}; both sides must be of one type.`,
    );
  }
  if (expr.name === 'ternary') {
    if (expr.args[0]) requireType(expr, expr.args[0], 'boolean');
    if (second !== third) {
      throw new TypeError(
        `${describe(expr)} chooses between a ${String(second)} and a ${String(third)}; both must be of one type.`,
      );
    }
  }
}

const family = (type: ExprType) => (type === 'integer' ? 'number' : type);

function requireType(expr: Call, arg: Expr, wanted: string): void {
  const type = family(typeOf(arg));
  const structural = type === 'list' || type === 'map';
  if (type === wanted || expr.name === 'notEmpty' || (wanted === 'any' && !structural)) return;
  const takes = wanted === 'any' ? 'text, numbers and booleans' : `a ${wanted}`;
  throw new TypeError(
    `${nameInCode(expr.name)}() got ${describe(arg)}, which is a ${type}; it takes ${takes}.`,
  );
}

/** True when all are. */
export const and = (...operands: [Val<boolean>, Val<boolean>, ...Val<boolean>[]]) =>
  call<boolean>('and', ...operands);
/** True when one is. */
export const or = (...operands: [Val<boolean>, Val<boolean>, ...Val<boolean>[]]) =>
  call<boolean>('or', ...operands);
/** True when the operand is not. */
export const not = (operand: Val<boolean>) => call<boolean>('not', operand);
/** True when a text, list or map has something in it. */
export const notEmpty = (operand: Value<string | object>) => call<boolean>('notEmpty', operand);
/** True when both sides are the same text, number or boolean. */
export const eq = <T extends string | number | boolean>(left: Value<T>, right: Val<NoInfer<T>>) =>
  call<boolean>('eq', left, right);
/** True when the left number is greater. */
export const gt = (left: Val<number>, right: Val<number>) => call<boolean>('gt', left, right);
/** True when the left number is greater or equal. */
export const ge = (left: Val<number>, right: Val<number>) => call<boolean>('ge', left, right);
/** Sum of two integers. @throws RangeError when the schema lets it leave the exact integers. */
export const plus = (left: Val<number>, right: Val<number>) => call<number>('plus', left, right);
/** Difference of two integers. @throws RangeError as plus. */
export const minus = (left: Val<number>, right: Val<number>) => call<number>('minus', left, right);
/** Product of two integers. @throws RangeError as plus. */
export const times = (left: Val<number>, right: Val<number>) => call<number>('times', left, right);
/** The smaller of two integers. */
export const min = (left: Val<number>, right: Val<number>) => call<number>('min', left, right);
/** The larger of two integers. */
export const max = (left: Val<number>, right: Val<number>) => call<number>('max', left, right);
/** The second operand where the condition holds, the third elsewhere. */
export const ternary = <T extends string | number | boolean>(
  condition: Val<boolean>,
  then: Val<T>,
  otherwise: Val<T>,
) => call<T>('ternary', condition, then, otherwise);
/** The text, or the fallback where the text is empty. */
export const orElse = (text: Val<string>, fallback: Val<string>) =>
  call<string>('default', fallback, text);
/** Texts, numbers and booleans put together; the same as a template literal. */
export const concat = (...parts: Val<string | number | boolean>[]) =>
  call<string>('concat', ...parts);
/** SHA-256 of the text's UTF-8 bytes, in lower-case hexadecimal. */
export const sha256 = (text: Val<string>) => call<string>('sha256', text);
/** The first ten digits of sha256: enough to tell the versions of one object apart by name. */
export const shortHash = (text: Val<string>) => call<string>('shortHash', text);
/** The text's UTF-8 bytes in Base64. */
export const b64 = (text: Val<string>) => call<string>('b64', text);
