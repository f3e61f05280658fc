import ts from 'typescript';
import {
  constructorOf,
  fieldOf,
  fieldParameterOf,
  functionAround,
  getterOf,
  isFunction,
  plain,
  returns,
  superCallOf,
  valueNamed,
  type Function,
} from './code';
import { isCall, type Call, type Source } from './source';
import type { Frame } from '../../synth/misuse';

/** What the parameters of the functions around a piece of code stand for, and `this`: by its class. */
export type Arguments = ReadonlyMap<ts.Node, Place>;
/** A piece of code, and what the parameters in it stand for. */
export interface Place {
  readonly code: ts.Expression;
  readonly args: Arguments;
  /** Handed to a function that is not ours, so that it may become something else. */
  readonly isGuess?: boolean;
}

/** A part of a literal, and where it stands. */
export interface Step {
  readonly place: Place;
  readonly at: ts.Node;
}
const guessed = ({ place, at }: Step): Step => ({ place: { ...place, isGuess: true }, at });

/** Code that calls itself must end somewhere: how deep names lead, and how many one question follows. */
const DEEPEST = 60;
const MOST = 20_000;

/**
 * Follows names and calls through the code of a platform to the literals they lead to, without
 * running it. What it cannot follow it leaves out.
 */
export class Terminals {
  private depth = 0;
  private followed = 0;

  public constructor(private readonly source: Source) {}

  /** The calls that led to a construct, each with what its parameters stand for. */
  public callOf(frames: readonly Frame[]): { call: Call; args: Arguments } | undefined {
    this.followed = 0;
    const args = new Map<ts.Node, Place>();
    let outer: Call | undefined;
    for (const frame of frames.toReversed()) {
      const call = this.source.callAt(frame);
      const callee = call && functionAround(call);
      if (outer !== undefined && callee !== undefined) {
        for (const [parameter, place] of bind(callee, outer, args)) args.set(parameter, place);
      }
      if (call !== undefined && ts.isNewExpression(call)) {
        for (const owner of this.classesOf(call)) args.set(owner, { code: call, args });
      } else if (call !== undefined) {
        for (const [owner, place] of this.selfOf(call.expression, args)) args.set(owner, place);
      }
      outer = call;
    }
    return outer && { call: outer, args };
  }

  /** The literals that an expression can be, and the calls of functions that are not ours. */
  public of(place: Place): Place[] {
    this.followed += 1;
    if (this.depth > DEEPEST || this.followed > MOST) return [];
    this.depth += 1;
    try {
      const found = this.found({ code: plain(place.code), args: place.args });
      return place.isGuess === true ? found.map((one) => ({ ...one, isGuess: true })) : found;
    } finally {
      this.depth -= 1;
    }
  }

  private found({ code, args }: Place): Place[] {
    const all = (codes: readonly ts.Expression[]) =>
      codes.flatMap((one) => this.of({ code: one, args }));
    if (ts.isIdentifier(code)) return this.declared(this.source.declarationOf(code), args);
    if (ts.isPropertyAccessExpression(code))
      return this.fields(this.of({ code: code.expression, args }), code.name.text);
    if (code.kind === ts.SyntaxKind.ThisKeyword) return this.instance(code, args);
    if (ts.isConditionalExpression(code)) return all([code.whenTrue, code.whenFalse]);
    if (ts.isBinaryExpression(code)) return all([code.left, code.right]);
    if (!ts.isCallExpression(code)) return [{ code, args }];
    const callee = this.functionOf(code.expression, args);
    if (callee === undefined) return [{ code, args }];
    const bound = [...bind(callee.code, code, args), ...this.selfOf(code.expression, args)];
    return this.returned(callee.code, new Map([...args, ...callee.args, ...bound]));
  }

  /** What `this` is in a piece of code. */
  private instance(code: ts.Node, args: Arguments): Place[] {
    const owner = ts.findAncestor(code, ts.isClassLike);
    const place = owner && args.get(owner);
    return place === undefined ? [] : [place];
  }

  /** What `this` is in a method that is called. */
  private selfOf(callee: ts.Expression, args: Arguments): [ts.Node, Place][] {
    if (!ts.isPropertyAccessExpression(callee)) return [];
    const objects = this.of({ code: callee.expression, args });
    return objects.flatMap((place) =>
      ts.isNewExpression(place.code)
        ? this.classesOf(place.code).map((owner): [ts.Node, Place] => [owner, place])
        : [],
    );
  }

  /** The classes that `new` makes an instance of, the innermost first; only those of the project. */
  private classesOf({ expression }: ts.NewExpression): ts.ClassLikeDeclaration[] {
    const classes: ts.ClassLikeDeclaration[] = [];
    let name: ts.Expression | undefined = expression;
    while (name !== undefined && ts.isIdentifier(name)) {
      const declaration = this.source.declarationOf(name);
      if (declaration === undefined || !ts.isClassLike(declaration)) break;
      classes.push(declaration);
      const bases = declaration.heritageClauses ?? [];
      name = bases.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]
        ?.expression;
    }
    return classes;
  }

  /** A field of an instance: what its constructors, or those of its bases, make of their arguments. */
  private fieldOfInstance(made: ts.NewExpression, around: Arguments, key: string): Place[] {
    const classes = this.classesOf(made);
    const instance = { code: made, args: around };
    let call: Call | undefined = made;
    let args = new Map([...around, ...classes.map((one) => [one, instance] as const)]);
    for (const owner of classes) {
      const build = constructorOf(owner);
      if (build !== undefined && call !== undefined)
        args = new Map([...args, ...bind(build, call, args)]);
      const parameter = fieldParameterOf(owner, key);
      if (parameter !== undefined) return this.declared(parameter, args);
      const code = fieldOf(owner, key);
      if (code !== undefined) return [{ code, args }];
      const getter = getterOf(owner, key);
      if (getter !== undefined) return this.returned(getter, args);
      if (build !== undefined) call = superCallOf(owner);
    }
    return [];
  }

  /** What a function may return. */
  public returned(callee: ts.Node, args: Arguments): Place[] {
    return returns(callee).flatMap((code) => this.of({ code, args }));
  }

  /** A function of the project, and what it knows of where it was made. */
  private functionOf(
    callee: ts.Expression,
    args: Arguments,
  ): { code: ts.Node; args: Arguments } | undefined {
    const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
    const declaration = ts.isIdentifier(name) ? this.source.declarationOf(name) : undefined;
    if (declaration === undefined) return undefined;
    if (isFunction(declaration)) return declaration.body && { code: declaration, args };
    return ts.isIdentifier(callee)
      ? this.declared(declaration, args).find(({ code }) => isFunction(code))
      : undefined;
  }

  private declared(declaration: ts.Declaration | undefined, args: Arguments): Place[] {
    if (declaration === undefined) return [];
    const given = args.get(declaration);
    if (given !== undefined) return this.of(given);
    if (ts.isBindingElement(declaration)) {
      const { name, propertyName, parent } = declaration;
      const key = (propertyName ?? name).getText();
      const found = this.fields(this.declared(parent.parent, args), key);
      return found.length > 0 ? found : this.initial(declaration, args);
    }
    if (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration))
      return this.initial(declaration, args);
    return [];
  }

  private initial({ initializer }: { readonly initializer?: ts.Expression }, args: Arguments) {
    return initializer === undefined ? [] : this.of({ code: initializer, args });
  }

  private fields(places: readonly Place[], key: string): Place[] {
    return places.flatMap((place) => this.field(place, key)).flatMap(({ place }) => this.of(place));
  }

  /** A field of a literal, of an instance, or of what a function that is not ours is given. */
  public field(place: Place, key: string): Step[] {
    const { code, args } = place;
    if (ts.isObjectLiteralExpression(code)) {
      const steps = this.fieldOfLiteral(code, args, key);
      return place.isGuess === true ? steps.map(guessed) : steps;
    }
    if (ts.isNewExpression(code) && this.classesOf(code).length > 0) {
      const found = this.fieldOfInstance(code, args, key);
      return found.map((one) => ({ place: one, at: one.code }));
    }
    if (!isCall(code)) return [];
    return this.handed(code, args)
      .flatMap((one) => this.field(one, key))
      .map(guessed);
  }

  private fieldOfLiteral(code: ts.ObjectLiteralExpression, args: Arguments, key: string): Step[] {
    // What stands later wins.
    return code.properties.toReversed().flatMap((property) => {
      if (ts.isSpreadAssignment(property)) {
        const spread = this.of({ code: property.expression, args });
        return spread.flatMap((place) => this.field(place, key));
      }
      const value = valueNamed(property, key);
      return value === undefined ? [] : [{ place: { code: value, args }, at: property }];
    });
  }

  /** What a call of a function that is not ours is given: `when(condition, { … })`. */
  public handed(code: Call, args: Arguments): Place[] {
    return (code.arguments ?? []).flatMap((argument) =>
      isFunction(argument) ? this.returned(argument, args) : this.of({ code: argument, args }),
    );
  }

  /** The items of a list literal, spread ones included, in their order. */
  public items({ code, args }: Place): Place[] {
    if (isCall(code)) {
      return (code.arguments ?? []).flatMap((argument) =>
        isFunction(argument)
          ? this.returned(argument, args)
          : this.of({ code: argument, args }).flatMap((place) => this.items(place)),
      );
    }
    if (!ts.isArrayLiteralExpression(code)) return [];
    return code.elements.flatMap((element) =>
      ts.isSpreadElement(element)
        ? this.of({ code: element.expression, args }).flatMap((place) => this.items(place))
        : [{ code: element, args }],
    );
  }
}

/** Which parameter stands for which argument. */
function bind(callee: Function | ts.Node, call: Call, args: Arguments): [ts.Node, Place][] {
  if (!isFunction(callee)) return [];
  return callee.parameters.flatMap((parameter, index): [ts.Node, Place][] => {
    const code = call.arguments?.[index];
    return code === undefined || parameter.dotDotDotToken ? [] : [[parameter, { code, args }]];
  });
}
