/** A block of numbers that tiers choose ports from. */
export interface PortRange {
  readonly from: number;
  /** The last number in it. */
  readonly to: number;
  /** What it is for, as a short sentence. */
  readonly purpose: string;
  /**
   * Tiers that choose from it.
   * @default the tier that the range is named after
   */
  readonly tiers?: readonly string[];
}

/** Whom a port belongs to. */
export interface PortOwner {
  readonly tier: string;
  /** Label `app.kubernetes.io/name` of the objects that have the port. */
  readonly owner: string;
}

interface Definition<N extends number> extends PortOwner {
  readonly port: N;
  /** What listens there, as a short sentence. */
  readonly purpose: string;
}

/** A number that we choose. */
interface ChosenPort<R extends string, N extends number> extends Definition<N> {
  /** The range that it lies in. */
  readonly range: R;
  readonly wellKnown?: never;
  readonly sharedBy?: never;
}

/** The number that a program has by itself. */
interface WellKnownPort<N extends number> extends Definition<N> {
  /** Where that is written: a URL or the name of a document. */
  readonly wellKnown: string;
  readonly range?: never;
  /** Who else has it, such as the metrics port that each Node service opens. */
  readonly sharedBy?: {
    readonly owners: readonly [PortOwner, ...PortOwner[]];
    /** Why one number has several owners. */
    readonly reason: string;
  };
}

type PortDefinition<R extends string = string, N extends number = number> =
  ChosenPort<R, N> | WellKnownPort<N>;

export type PortEntry = PortDefinition & { readonly name: string };

/** All ports of a platform. */
export interface PortRegistry {
  readonly ranges: ReadonlyMap<string, PortRange>;
  readonly entries: readonly PortEntry[];
}

/**
 * Registers every port, once, with its purpose, tier and owner. `ports` of the result has the
 * numbers by name, for manifests; the registry itself is for `new Platform({ ports })`, which
 * tells what is wrong with it.
 */
export function portRegistry<
  R extends Record<string, PortRange>,
  const P extends Record<string, number>,
>(options: {
  readonly ranges: R;
  readonly ports: { readonly [K in keyof P]: PortDefinition<keyof R & string, P[K]> };
}): PortRegistry & { readonly ports: Readonly<P> } {
  const definitions = Object.entries<PortDefinition>(options.ports);
  const entries = definitions.map(([name, definition]) => ({ ...definition, name }));
  const ports = Object.fromEntries(entries.map(({ name, port }) => [name, port])) as P;
  return { ranges: new Map(Object.entries(options.ranges)), entries, ports };
}

/** Everyone who may have the port. */
export const ownersOf = (entry: PortEntry): readonly PortOwner[] => [
  entry,
  ...(entry.sharedBy?.owners ?? []),
];

export const isSameOwner = (one: PortOwner, other: PortOwner): boolean =>
  one.tier === other.tier && one.owner === other.owner;

/** The tiers that choose from a range. */
export const tiersOfRange = (name: string, { tiers }: PortRange): readonly string[] =>
  tiers ?? [name];

/** What to do for a number that can be had: the first free one of the range, or of the tier's. */
export function remedyFor(
  { ranges, entries }: PortRegistry,
  tier: string,
  wanted?: string,
): string | undefined {
  for (const [name, range] of ranges) {
    const fits = wanted === undefined ? tiersOfRange(name, range).includes(tier) : name === wanted;
    if (!fits) continue;
    const [free] = freeIn(range, entries);
    if (free !== undefined) return `take ${String(free.from)}, which is free in range ${name}`;
  }
  return undefined;
}

/** The gaps of a range, in order. */
export function freeIn(
  { from, to }: PortRange,
  entries: readonly PortEntry[],
): { readonly from: number; readonly to: number }[] {
  const taken = entries.map(({ port }) => port).filter((port) => port >= from && port <= to);
  const ends = [...taken, to + 1].sort((one, other) => one - other);
  return ends
    .map((end, index) => ({ from: (ends[index - 1] ?? from - 1) + 1, to: end - 1 }))
    .filter((gap) => gap.from <= gap.to);
}
