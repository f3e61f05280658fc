import { Node, type IConstruct } from 'constructs';
import { framesOf, type Frame } from './misuse';

/** The lines of code that made the constructs of a platform. */
export class Sites {
  private readonly errors = new Map<IConstruct, Error>();

  /** @param outside the files that lead to the recording itself: no part of the platform. */
  public constructor(private readonly outside: ReadonlySet<string>) {}

  public add(construct: IConstruct): void {
    this.errors.set(construct, new Error());
  }

  /**
   * The lines that made the construct, the innermost first. What made it late, when its parent
   * was long there, goes on with the lines that made the parent.
   */
  public of(construct: IConstruct): Frame[] {
    const chain = this.own(construct);
    for (const scope of construct.node.scopes.toReversed().slice(1)) {
      const lines = this.own(scope);
      const [last, outermost] = [chain.at(-1), lines.at(-1)];
      if (outermost === undefined || (last && same(last, outermost))) continue;
      chain.push(...lines);
    }
    return chain;
  }

  private own(construct: IConstruct): Frame[] {
    const error = this.errors.get(construct);
    const frames = error === undefined ? [] : [...framesOf(error)];
    return frames.slice(0, frames.findLastIndex(({ file }) => !this.outside.has(file)) + 1);
  }
}

const same = (one: Frame, other: Frame) => one.file === other.file && one.line === other.line;

/**
 * Does the work and remembers where each construct that comes into being is made. Only who asks
 * pays for it: otherwise nothing is recorded.
 */
export function recordSites<T>(work: () => T): { readonly result: T; readonly sites: Sites } {
  // The one place that each construct passes, those of other libraries too; cdk8s offers no hook.
  const prototype = Node.prototype as unknown as { addChild: (...args: [IConstruct]) => void };
  const { addChild } = prototype;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = Infinity;
  const sites = new Sites(new Set([...framesOf(new Error())].map(({ file }) => file)));
  prototype.addChild = function record(...args) {
    sites.add(args[0]);
    addChild.apply(this, args);
  };
  try {
    return { result: work(), sites };
  } finally {
    prototype.addChild = addChild;
    Error.stackTraceLimit = limit;
  }
}
