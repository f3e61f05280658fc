import ts from 'typescript';

/* Questions about single pieces of code, whatever they belong to. */

export type Function = ts.FunctionLikeDeclaration;
export const isFunction = (node: ts.Node): node is Function =>
  ts.isFunctionLike(node) && 'body' in node;

export function functionAround(node: ts.Node): Function | undefined {
  return ts.findAncestor(node, isFunction);
}

/** What a function returns, functions inside of it left out. */
export function returns(callee: ts.Node): ts.Expression[] {
  const body = isFunction(callee) ? callee.body : undefined;
  if (body === undefined) return [];
  if (!ts.isBlock(body)) return [body];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunction(node)) return;
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

export function plain(code: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(code) ||
    ts.isAsExpression(code) ||
    ts.isSatisfiesExpression(code) ||
    ts.isNonNullExpression(code)
    ? plain(code.expression)
    : code;
}

export function valueNamed(
  property: ts.ObjectLiteralElementLike,
  key: string,
): ts.Expression | undefined {
  const { name } = property;
  if (name === undefined) return undefined;
  const isNamed = ts.isPropertyName(name) && 'text' in name && name.text === key;
  if (!isNamed) return undefined;
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}

/** What a class sets a field of its own to: where it declares it, or in its constructor. */
export function fieldOf(owner: ts.ClassLikeDeclaration, key: string): ts.Expression | undefined {
  for (const member of owner.members) {
    if (ts.isPropertyDeclaration(member) && member.name.getText() === key && member.initializer)
      return member.initializer;
  }
  const assignments = expressionsIn(constructorOf(owner)).filter(ts.isBinaryExpression);
  return assignments.findLast(({ left }) => left.getText() === `this.${key}`)?.right;
}

/** A parameter of the constructor that is a field as well. */
export const fieldParameterOf = (owner: ts.ClassLikeDeclaration, key: string) =>
  constructorOf(owner)?.parameters.find(
    (parameter) =>
      ts.isParameterPropertyDeclaration(parameter, parameter.parent) &&
      parameter.name.getText() === key,
  );

export const getterOf = (owner: ts.ClassLikeDeclaration, key: string) =>
  owner.members.filter(ts.isGetAccessor).find(({ name }) => name.getText() === key);

export const constructorOf = (owner: ts.ClassLikeDeclaration) =>
  owner.members.find(ts.isConstructorDeclaration);

/** The call of `super` in a constructor. */
export const superCallOf = (owner: ts.ClassLikeDeclaration) =>
  expressionsIn(constructorOf(owner))
    .filter(ts.isCallExpression)
    .find(({ expression }) => expression.kind === ts.SyntaxKind.SuperKeyword);

const expressionsIn = (made: ts.ConstructorDeclaration | undefined) =>
  (made?.body?.statements ?? []).flatMap((statement) =>
    ts.isExpressionStatement(statement) ? [statement.expression] : [],
  );
