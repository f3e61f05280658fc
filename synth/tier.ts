import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { z } from 'zod';
import { isLine } from './check-environments';
import { complaintsAboutTier } from './check-names';
import { Endpoint } from './endpoint';
import type { ExpectedSecret } from './expected-secret';
import { constant, describe, type Expr, type FileText, type Ref, type Scope } from './expr';
import { linkOf, type Link, type LinkOptions } from './link';
import { issueMark } from './marks';
import { complain } from './misuse';
import { show } from './problems';
import { emitLater, emitSchema, type Schema } from './schema';
import { fragment } from './structure';
import { exprOf, makeValue, type Val, type Value, type Values } from './value';

export interface TierOptions<S extends z.ZodType = z.ZodType> {
  /** Name of the subchart, of the file in dist/ and of the tier's key in the values. */
  readonly name: string;
  /** One sentence for Chart.yaml and the head of values.yaml. */
  readonly description: string;
  /** What can differ per environment. Each leaf has a default and a description. */
  readonly values: S;
}

/** `.Release` of Helm; in dist/ it is what the environment declares. */
export interface ReleaseValues {
  readonly name: Value<string>;
  readonly namespace: Value<string>;
  readonly service: Value<string>;
}
/** `.Chart` of Helm: that of the tier's own chart. */
export interface ChartValues {
  readonly name: Value<string>;
  readonly version: Value<string>;
  readonly appVersion: Value<string>;
}

const tiers = new WeakSet<object>();
/** cdk8s lets every Chart pass `instanceof Tier`, so ask this. */
export function isTier(construct: object): construct is Tier {
  return tiers.has(construct);
}

/** That a tier uses an endpoint. */
export interface Need {
  readonly endpoint: Pick<Endpoint<unknown>, 'tier' | 'name'>;
  /** A text of its values that names something else, where it is not empty. */
  readonly external: Ref | undefined;
  /** A boolean of its values; where it is false, the endpoint is not used. */
  readonly when: Ref | undefined;
}

/** What a tier offers to its constructor; made by the class that `tiersOf` returns. */
export abstract class AnyTier extends Chart {
  /** Of a type that only the tier's own class knows. */
  public readonly values: unknown;
  public readonly global: unknown;
  public readonly release: ReleaseValues;
  public readonly chart: ChartValues;
  public readonly options: Omit<TierOptions, 'values'>;
  public readonly schema: Schema;
  public readonly globalSchema: Schema;
  /** The tier's namespace; objects are in it unless they say another. */
  public readonly ownNamespace: Value<string>;
  /** Configuration files of this tier, by path below files/. */
  public readonly files = new Map<string, FileText>();
  /** Endpoints of other tiers that this one needs. */
  public readonly needs: Need[] = [];
  /** Secrets in the tier's namespace that someone else makes. */
  public readonly secrets: ExpectedSecret[] = [];
  /** Who of this tier talks to whom. */
  public readonly links: Link[] = [];

  protected constructor(
    scope: Construct,
    options: AnyTier['options'],
    schema: () => Schema,
    global: z.ZodType,
  ) {
    const owner = App.of(scope);
    const globalSchema = emitSchema(global);
    const { name, description } = options;
    for (const complaint of complaintsAboutTier(name, description))
      complain(owner, complaint, name);
    const namespace = namespaceOf(owner, name, globalSchema);
    super(scope, freeId(scope, name), { namespace: namespace ? issueMark(namespace) : '' });
    tiers.add(this);
    this.options = options;
    this.schema = schema();
    this.globalSchema = globalSchema;
    const { name: tier } = options;
    this.values = valuesOf({ kind: 'tier', owner, tier }, this.schema);
    this.global = valuesOf({ kind: 'global', owner }, globalSchema);
    const builtin = (...path: string[]) =>
      makeValue<string>(builtinRef({ kind: 'builtin', owner, tier }, path));
    this.ownNamespace = makeValue<string>(namespace ?? constant(''));
    this.release = {
      name: builtin('Release', 'Name'),
      namespace: builtin('Release', 'Namespace'),
      service: builtin('Release', 'Service'),
    };
    this.chart = {
      name: builtin('Chart', 'Name'),
      version: builtin('Chart', 'Version'),
      appVersion: builtin('Chart', 'AppVersion'),
    };
  }

  /** Fields that become a helper of the chart, `<tier>.<name>`; spread the result into maps. */
  public define(name: string, content: Readonly<Record<string, Val<string>>>) {
    if (!/^[a-z][A-Za-z0-9]*$/.test(name) || name === 'image') {
      this.complain(
        `Fragment ${JSON.stringify(name)} cannot be a helper of the chart; use another name of camelCase letters and digits, and not "image".`,
      );
    }
    return fragment(`${this.options.name}.${name}`, content);
  }

  /**
   * Configuration text that stands in the chart's files/ folder. Use the result in a ConfigMap
   * and, through sha256(), in a checksum.
   */
  public file(path: string, text: string): Value<string> {
    if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(path)) {
      this.complain(
        `File ${JSON.stringify(path)} would leave the chart's files/ folder or has odd characters; use a relative path of letters, digits, ".", "_" and "-".`,
      );
    } else if (this.files.has(path)) {
      this.complain(`File ${path} is declared twice; give one another path.`);
    }
    const expr = exprOf(text, 'file()');
    const file: FileText = { op: 'file', tier: this.options.name, path, text: expr };
    this.files.set(path, file);
    return makeValue<string>(file);
  }

  private complain(message: string): void {
    complain(App.of(this), message, this.node.path);
  }

  /**
   * Says that someone else makes a Secret in the tier's namespace, such as the person who installs.
   * @param name may be empty in environments that do without it.
   * @param keys all that is read of it.
   * @param why what it is for, in one line.
   * @returns the name, to stand in a manifest.
   */
  public expectsSecret<T extends Val<string>>(name: T, keys: readonly string[], why: string): T {
    if (!isLine(why)) {
      this.complain(
        `The reason of an expected Secret is ${show(why)}; say in one line what it is for.`,
      );
    }
    const taker = 'expectsSecret()';
    const namespace = exprOf(this.ownNamespace, taker);
    this.secrets.push({ namespace, name: exprOf(name, taker), keys: [...keys], why });
    return name;
  }

  /**
   * Says that a system of this tier talks to another: to the model, which knows of itself only what
   * network policies let through. It makes no object.
   */
  public linksTo(link: LinkOptions): void {
    this.links.push(linkOf(link));
  }

  /** Something that other tiers may connect to; `build` must read nothing but global and constants. */
  public endpoint<T extends object>(name: string, build: () => T): Endpoint<T> {
    return new Endpoint<T>(this.options.name, name, build);
  }

  /**
   * Uses another tier's endpoint, which must be there in every environment that has this tier.
   * @param external a text of the tier's own values; where it is not empty, something outside the
   * platform is used instead, and the other tier may be off.
   * @param when a boolean of the tier's own values; where it is false, the other tier may be off, too.
   */
  public connectsTo<T extends object>(
    endpoint: Endpoint<T>,
    external?: Value<string>,
    when?: Value<boolean>,
  ): T {
    this.needs.push({
      // Not what builds it, which holds on to the other tier.
      endpoint: { tier: endpoint.tier, name: endpoint.name },
      external: this.ownRef(external, 'external; it takes a text'),
      when: this.ownRef(when, 'when; it takes a boolean'),
    });
    return endpoint.build();
  }

  /** What needs depend on must be there to be read without the tier's manifests. */
  private ownRef(value: Value<string | boolean> | undefined, wanted: string): Ref | undefined {
    const expr = value && exprOf(value, 'connectsTo()');
    if (expr === undefined) return undefined;
    const scope = expr.op === 'ref' ? expr.scope : undefined;
    if (expr.op === 'ref' && scope?.kind === 'tier' && scope.tier === this.options.name)
      return expr;
    this.complain(`connectsTo() got ${describe(expr)} as ${wanted} of the tier's own values.`);
    return undefined;
  }
}

function valuesOf(scope: Scope, schema: Schema): unknown {
  return makeValue({ op: 'ref', scope, path: [], schema });
}

/** A tier whose values have a type. */
export abstract class Tier<V = unknown, G = unknown> extends AnyTier {
  declare public readonly values: Values<V>;
  declare public readonly global: Values<G>;
}

function builtinRef(scope: Scope, path: readonly string[]): Expr {
  return { op: 'ref', scope, path, schema: { type: 'string' } };
}

/** The namespace that objects of the tier get unless they say another. */
function namespaceOf(owner: object, tier: string, global: Schema): Expr | undefined {
  const path = ['namespaces', tier];
  const schema = global.properties?.['namespaces']?.properties?.[tier];
  if (schema !== undefined) {
    return { op: 'ref', scope: { kind: 'global', owner }, path, schema };
  }
  complain(
    owner,
    `Tier ${tier} has no namespace; declare global.namespaces.${tier} in the global values.`,
    tier,
  );
  return undefined;
}

/** The tier's name, or, where constructs would not take it, another that is reported anyway. */
function freeId(scope: Construct, name: string): string {
  if (name === '') return 'tier';
  if (scope.node.tryFindChild(name) === undefined) return name;
  complain(App.of(scope), `Tier ${name} is made twice; give one another name.`, name);
  return `${name}-${String(scope.node.children.length)}`;
}

/** A class to extend: its instances know their values by type. */
export type TierClass<V, G> = abstract new (scope: Construct) => Tier<V, G>;

/**
 * Makes the function with which a platform declares its tiers: all see the same global values.
 * @example
 * export const tier = tiersOf(globalValues);
 * class AppTier extends tier({ name: 'app', description: 'The API.', values }) { … }
 */
export function tiersOf<G extends z.ZodType>(global: G) {
  return function tier<S extends z.ZodType>({
    values,
    ...options
  }: TierOptions<S>): TierClass<z.output<S>, z.output<G>> {
    const schema = emitLater(values);
    abstract class DeclaredTier extends Tier<z.output<S>, z.output<G>> {
      public constructor(scope: Construct) {
        super(scope, options, schema, global);
      }
    }
    return DeclaredTier;
  };
}
