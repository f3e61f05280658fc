import { acceptsOnlyPlainText, isPlainText } from '../charset';
import { typeOf, type Call, type Expr, type Ref } from '../expr';
import { rangeOf } from '../range';

/** Where something is printed. */
export interface Place {
  /** Inside `range` the dot is another, so values are reached through `$`. */
  readonly dotMoved: boolean;
}
export const TEMPLATE: Place = { dotMoved: false };

/** Above this, Helm prints its float64 numbers with an exponent. */
const PRINTED_PLAIN = 1_000_000;

/** The expression as what stands between `{{` and `}}`. */
export function printExpr(expr: Expr, place: Place): string {
  switch (expr.op) {
    case 'const':
      return printConst(expr.value);
    case 'ref':
      return printRef(expr, place);
    case 'file':
      return printFile(expr, place);
    case 'image': {
      const [values, registry] = [
        printOperand(expr.values, place),
        printOperand(expr.registry, place),
      ];
      return `include "${expr.tier}.image" (dict "image" ${values} "registry" ${registry})`;
    }
    case 'call':
      return printCall(expr, place);
  }
}

/** The expression as an argument of a template function. */
function printOperand(expr: Expr, place: Place): string {
  const printed = printExpr(expr, place);
  return expr.op === 'const' || expr.op === 'ref' ? printed : `(${printed})`;
}

/** The expression as a condition, where Helm takes an empty text, list or map for false. */
export function printCondition(expr: Expr, place: Place): string {
  if (expr.op !== 'call' || !['and', 'or', 'not', 'notEmpty'].includes(expr.name)) {
    return printExpr(expr, place);
  }
  const operands = expr.args.map((arg) => {
    const printed = printCondition(arg, place);
    return printed.includes(' ') ? `(${printed})` : printed;
  });
  return expr.name === 'notEmpty' ? operands.join() : [expr.name, ...operands].join(' ');
}

function printConst(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  // Go's interpreted strings know every escape that JSON's have.
  return value.includes('"') && !/[`\\\r\n\t]/.test(value) ? `\`${value}\`` : JSON.stringify(value);
}

function printRef(ref: Ref, place: Place): string {
  const { scope } = ref;
  if (scope.kind === 'item') return ['$' + scope.binding.variable, ...ref.path].join('.');
  const root =
    scope.kind === 'tier' ? ['Values'] : scope.kind === 'global' ? ['Values', 'global'] : [];
  return `${place.dotMoved ? '$' : ''}.${[...root, ...ref.path].join('.')}`;
}

export function printFile(file: Expr & { op: 'file' }, place: Place): string {
  const root = place.dotMoved ? '$' : '';
  const get = `${root}.Files.Get ${JSON.stringify(`files/${file.path}`)}`;
  return file.text.op === 'const' ? get : `tpl (${get}) ${root === '' ? '.' : root}`;
}

function printCall(call: Call, place: Place): string {
  const operands = call.args.map((arg) => printOperand(arg, place));
  const typed = call.args.map((arg) => printTyped(arg, call, place));
  const piped = call.args.map((arg) => printExpr(arg, place));
  switch (call.name) {
    case 'and':
    case 'or':
    case 'not':
      return [call.name, ...operands].join(' ');
    case 'notEmpty':
      return `not (empty ${operands.join()})`;
    case 'eq':
    case 'gt':
    case 'ge':
    case 'min':
    case 'max':
      return [call.name, ...typed].join(' ');
    case 'plus':
      return ['add', ...typed].join(' ');
    case 'minus':
      return ['sub', ...typed].join(' ');
    case 'times':
      return ['mul', ...typed].join(' ');
    case 'ternary':
      return ['ternary', typed[1], typed[2], operands[0]].join(' ');
    case 'default':
      return operands.reverse().join(' | default ');
    case 'concat':
      return printConcat(call, place);
    case 'sha256':
      return `${piped.join()} | sha256sum`;
    case 'shortHash':
      return `${piped.join()} | sha256sum | trunc 10`;
    case 'b64':
      return `${piped.join()} | b64enc`;
  }
}

/** Numbers arrive as float64 or int64, depending on how they were given: make them one type. */
function printTyped(arg: Expr, call: Call, place: Place): string {
  const operand = printOperand(arg, place);
  const types = call.args.map(typeOf);
  const type = typeOf(arg);
  if (type !== 'integer' && type !== 'number') return operand;
  if (types.includes('number')) return `(float64 ${operand})`;
  return arg.op === 'const' || arg.op === 'call' ? operand : `(int64 ${operand})`;
}

function printConcat(call: Call, place: Place): string {
  const formats = call.args.map((arg) =>
    arg.op === 'const' ? String(arg.value).replaceAll('%', '%%') : '%s',
  );
  const args = call.args.filter((arg) => arg.op !== 'const').map((arg) => printAsText(arg, place));
  return ['printf', printConst(formats.join('')), ...args].join(' ');
}

/** The expression as an argument that is text. */
function printAsText(expr: Expr, place: Place): string {
  const operand = printOperand(expr, place);
  switch (typeOf(expr)) {
    case 'integer':
      return `(int64 ${operand} | toString)`;
    case 'number':
      return `(toJson ${operand})`;
    case 'boolean':
      return `(toString ${operand})`;
    default:
      return operand;
  }
}

/** The expression as an action whose output is part of a text. */
export const printInText = (expr: Expr, place: Place) => `{{ ${printTextual(expr, place)} }}`;

/** The expression as what prints the same text in Helm as in JavaScript. */
export function printTextual(expr: Expr, place: Place): string {
  const type = typeOf(expr);
  if (type === 'number') return `toJson ${printOperand(expr, place)}`;
  return type === 'integer' ? printInteger(expr, place) : printExpr(expr, place);
}

/** An integer's digits, without the exponent that float64 would show. */
function printInteger(expr: Expr, place: Place): string {
  if (expr.op === 'call')
    return expr.name === 'ternary' ? `int64 ${printOperand(expr, place)}` : printExpr(expr, place);
  const { min, max } = rangeOf(expr);
  const small = min > -PRINTED_PLAIN && max < PRINTED_PLAIN;
  return small ? printExpr(expr, place) : `int64 ${printOperand(expr, place)}`;
}

/** Whether the expression's text consists of plain characters whatever the values are. */
export function isPlainExpr(expr: Expr): boolean {
  if (['integer', 'number', 'boolean'].includes(typeOf(expr))) return true;
  if (expr.op === 'const') return isPlainText(String(expr.value));
  if (expr.op === 'ref') return isPlainRef(expr);
  if (expr.op !== 'call') return false;
  if (['sha256', 'shortHash', 'b64'].includes(expr.name)) return true;
  return expr.args.every(isPlainExpr);
}

function isPlainRef({ schema }: Ref): boolean {
  if (schema.enum !== undefined) return schema.enum.every((member) => isPlainText(String(member)));
  return acceptsOnlyPlainText(schema.pattern ?? '');
}

/** Whether the expression's text has at least one character whatever the values are. */
export function isNeverEmpty(expr: Expr): boolean {
  if (typeOf(expr) !== 'string') return true;
  if (expr.op !== 'ref') return false;
  const { enum: members, pattern = '' } = expr.schema;
  if (members !== undefined) return !members.includes('');
  return !new RegExp(pattern).test('');
}
