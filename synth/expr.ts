import { isGroup, type Schema } from './schema';

/** The turn of an `each`: its items are values of this scope. */
export interface Binding {
  /** Name of the range variable in the template, without `$`. */
  readonly variable: string;
  readonly list: Expr;
}

/** Where a value lives. `owner` tells the platforms of one process apart. */
export type Scope =
  | { readonly kind: 'tier'; readonly owner: object; readonly tier: string }
  | { readonly kind: 'global'; readonly owner: object }
  | { readonly kind: 'builtin'; readonly owner: object; readonly tier: string }
  | { readonly kind: 'item'; readonly binding: Binding };

export type ExprType = 'string' | 'integer' | 'number' | 'boolean' | 'list' | 'map';

export interface Ref {
  readonly op: 'ref';
  readonly scope: Scope;
  readonly path: readonly string[];
  readonly schema: Schema;
}
export interface Const {
  readonly op: 'const';
  readonly value: string | number | boolean;
}
/** An operator applied; the operators themselves are in operators.ts. */
export interface Call {
  readonly op: 'call';
  readonly name: OperatorName;
  readonly args: readonly Expr[];
}
/** A file of the chart's files/ folder, rendered with the values in it. */
export interface FileText {
  readonly op: 'file';
  readonly tier: string;
  readonly path: string;
  readonly text: Expr;
}
/** The reference of an image, put together by a helper of the tier's chart. */
export interface ImageReference {
  readonly op: 'image';
  readonly tier: string;
  /** The group registry, repository, tag, digest. */
  readonly values: Expr;
  /** The registry of all images; empty lets the image have its own. */
  readonly registry: Expr;
}
export type Expr = Ref | Const | Call | FileText | ImageReference;

export type OperatorName =
  | 'and'
  | 'or'
  | 'not'
  | 'notEmpty'
  | 'eq'
  | 'gt'
  | 'ge'
  | 'plus'
  | 'minus'
  | 'times'
  | 'min'
  | 'max'
  | 'ternary'
  | 'default'
  | 'concat'
  | 'sha256'
  | 'shortHash'
  | 'b64';

export const constant = (value: string | number | boolean): Const => ({ op: 'const', value });

/** The type of a schema's values; enums take the type of their members. */
export function schemaType(schema: Schema): ExprType {
  if (schema.type === 'array') return 'list';
  if (schema.type === 'object') return 'map';
  if (schema.type !== undefined) return schema.type;
  return (schema.enum ?? [schema.const]).every((member) => typeof member === 'string')
    ? 'string'
    : 'map';
}

/** The type for error messages. */
export const aType = (type: ExprType): string => (type === 'integer' ? 'an integer' : `a ${type}`);

export function typeOf(expr: Expr): ExprType {
  switch (expr.op) {
    case 'ref':
      return schemaType(expr.schema);
    case 'const':
      if (typeof expr.value === 'number')
        return Number.isInteger(expr.value) ? 'integer' : 'number';
      return typeof expr.value as 'string' | 'boolean';
    case 'file':
    case 'image':
      return 'string';
    case 'call':
      return callType(expr);
  }
}

function callType(call: Call): ExprType {
  switch (call.name) {
    case 'and':
    case 'or':
    case 'not':
    case 'notEmpty':
    case 'eq':
    case 'gt':
    case 'ge':
      return 'boolean';
    case 'plus':
    case 'minus':
    case 'times':
    case 'min':
    case 'max':
      return 'integer';
    case 'ternary':
      return ternaryType(call.args.slice(1).map(typeOf));
    case 'default':
    case 'concat':
    case 'sha256':
    case 'shortHash':
    case 'b64':
      return 'string';
  }
}

function ternaryType(types: readonly ExprType[]): ExprType {
  return types.includes('number') ? 'number' : (types[0] ?? 'string');
}

/** Every node of an expression, the expression itself first. */
export function subExprs(expr: Expr): Expr[] {
  const found: Expr[] = [];
  visitExpr(expr, (part) => found.push(part));
  return found;
}

/** Calls `visit` with every node of an expression, the expression itself first. */
export function visitExpr(expr: Expr, visit: (part: Expr) => unknown): void {
  visit(expr);
  if (expr.op === 'call') for (const arg of expr.args) visitExpr(arg, visit);
  if (expr.op === 'file') visitExpr(expr.text, visit);
  if (expr.op === 'image') {
    visitExpr(expr.values, visit);
    visitExpr(expr.registry, visit);
  }
  if (expr.op === 'ref' && expr.scope.kind === 'item') visitExpr(expr.scope.binding.list, visit);
}

/** The values an expression reads. */
export function refsOf(expr: Expr): Ref[] {
  return subExprs(expr).filter((part) => part.op === 'ref');
}

/** A value's name in error messages: `app.nodeService.port`, `global.domain`, `.Release.Name`. */
export function describe(expr: Expr): string {
  if (expr.op === 'ref') {
    const { scope, path } = expr;
    if (scope.kind === 'builtin') return `.${path.join('.')}`;
    if (scope.kind === 'item') return [`${describe(scope.binding.list)}[]`, ...path].join('.');
    return [scope.kind === 'tier' ? scope.tier : 'global', ...path].join('.');
  }
  if (expr.op === 'const') return JSON.stringify(expr.value);
  if (expr.op === 'file') return `file ${expr.path}`;
  if (expr.op === 'image') return `image(${describe(expr.values)})`;
  return `${expr.name}(${expr.args.map(describe).join(', ')})`;
}

/** The value below a group; undefined where the schema declares none. */
export function child(ref: Ref, key: string): Ref | undefined {
  if (!isGroup(ref.schema) || !Object.hasOwn(ref.schema.properties, key)) return undefined;
  const schema = ref.schema.properties[key];
  // Not a list that grows: that has room for a dozen more.
  return schema && { op: 'ref', scope: ref.scope, path: ref.path.concat(key), schema };
}
