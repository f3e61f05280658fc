/**
 * What a tier exports to others: host, port, Secret name and the like. Its content is made only
 * for the tier that connects to it.
 */
export class Endpoint<out T> {
  public constructor(
    public readonly tier: string,
    public readonly name: string,
    /** @internal Reached through `connectsTo`, which records who needs whom. */
    public readonly build: () => T,
  ) {}
}
