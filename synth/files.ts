/** Files by path, relative to the folder they go to. A Map of their texts is one. */
export interface Files extends Iterable<readonly [path: string, text: string]> {
  readonly size: number;
  keys(): Iterable<string>;
  get(path: string): string | undefined;
}

/**
 * Files that are printed anew each time they are asked for, since all texts at once would fill the
 * memory. Who asks for one gets what is thrown while it is printed.
 */
export class LaterFiles implements Files {
  private readonly prints: ReadonlyMap<string, () => string>;

  public constructor(prints: Iterable<readonly [path: string, print: () => string]>) {
    this.prints = new Map(prints);
  }

  public get size(): number {
    return this.prints.size;
  }

  public keys(): Iterable<string> {
    return this.prints.keys();
  }

  public get(path: string): string | undefined {
    return this.prints.get(path)?.();
  }

  public *[Symbol.iterator](): Generator<readonly [path: string, text: string]> {
    for (const [path, print] of this.prints) yield [path, print()];
  }
}
