import type { Environment, NamedOverlay } from './environment';
import type { ExpectedSecret } from './expected-secret';
import type { Expr, FileText } from './expr';
import type { Link } from './link';
import type { JsonMap } from './merge';
import type { Field, MapNode } from './node';
import type { Schema } from './schema';
import type { Need } from './tier';

/** One object of a tier, its values still open. */
export interface Resource {
  /** Construct path. */
  readonly where: string;
  readonly kind: string;
  /** Template file below templates/. */
  readonly path: string;
  readonly node: MapNode;
  /** Where it holds, the object is there; undefined means always. */
  readonly cond: Expr | undefined;
  readonly chartOnly: boolean;
}

/** The constructs of a tier as trees. */
export interface TierTree {
  readonly name: string;
  readonly resources: readonly Resource[];
  readonly helpers: ReadonlyMap<string, readonly Field[]>;
  readonly files: ReadonlyMap<string, FileText>;
  /** The tier's own values, without enabled and global. */
  readonly schema: Schema;
}

/** A tier, read: all that both twins are made from. */
export interface TierPlan extends TierTree {
  readonly description: string;
  /** Whether the chart needs the helper that puts image references together. */
  readonly usesImages: boolean;
  /** The complete values.schema.json of the tier's chart. */
  readonly chartSchema: Schema;
  readonly defaults: JsonMap;
  /** Which keys directly below global the tier reads. */
  readonly globals: readonly string[];
  readonly needs: readonly Need[];
  readonly secrets: readonly ExpectedSecret[];
  readonly links: readonly Link[];
}

/** What is said of the whole platform in Chart.yaml and elsewhere. */
export interface ChartInfo {
  /** Name of the umbrella chart and of its folder below helm/. */
  readonly name: string;
  readonly description: string;
  /** Version of the chart (SemVer 2). */
  readonly version: string;
  /** Version of what it deploys, as text. */
  readonly appVersion: string;
  /** Kubernetes versions it runs on, as a SemVer range. */
  readonly kubeVersion: string;
  /** `.Release.Service` in dist/, for the managed-by label. Default: kubectl. */
  readonly service?: string;
}

export interface Blueprint {
  readonly chart: ChartInfo;
  readonly tiers: readonly TierPlan[];
  readonly globalSchema: Schema;
  readonly globalDefaults: JsonMap;
  readonly environments: readonly Environment[];
  /** Values to put over those of an environment. */
  readonly overlays: readonly NamedOverlay[];
}
