/* A change of the shop in shop.ts, and what is said of it. */

export interface Seed {
  readonly title: string;
  /** Merge patches: of the objects by name, and of the files of the chart. */
  readonly objects?: object;
  readonly files?: object;
  readonly changelog?: string;
}

export interface BadSeed extends Seed {
  /** `where, rule` and the sentence. */
  readonly says: readonly [where: string, message: string];
  /** The object that the API server refuses, where it is one that does. */
  readonly refuses?: string;
}

/** A merge patch of the values schema of its tier. */
export const schema = (patch: object) => ({
  'charts/web/values.schema.json': { properties: patch },
});
