import { isLine } from '../check-environments';
import { isMap } from '../merge';
import { show, type Problems } from '../problems';
import type { CheckId } from '.';
import type { Place } from './check';

/** A finding that is known and accepted. */
export interface Waiver {
  readonly check: CheckId;
  /** The object as Kind/name; an asterisk stands for any text, as in names that end in a hash. */
  readonly object: '*' | `${string}/${string}`;
  /** Why that is all right, in one line. */
  readonly reason: string;
  /** Where it holds. Default: in all environments. */
  readonly environments?: readonly string[];
}

/** The waivers of a platform, which notice whether they are needed. */
export class Waivers {
  private readonly waivers: readonly Waiver[];
  /** Environments in which each one waived something. */
  private readonly used = new Map<Waiver, Set<string>>();

  public constructor(
    declared: readonly Waiver[],
    private readonly environments: readonly string[],
    private readonly problems: Problems,
  ) {
    // Code without types could pass anything.
    this.waivers = declared.filter((waiver: unknown) => {
      if (isMap(waiver) && typeof waiver['object'] === 'string') return true;
      problems.add('waivers', `A waiver is ${show(waiver)}; it has check, object and reason.`);
      return false;
    });
  }

  /** Whether a finding is waived. Where two waivers do so, both count as needed. */
  public waives(id: string, { kind, name }: Place, environment: string): boolean {
    const fitting = this.waivers.filter(
      (waiver) =>
        waiver.check === id &&
        isLike(`${kind}/${name}`, waiver.object) &&
        (waiver.environments ?? this.environments).includes(environment),
    );
    for (const waiver of fitting) {
      this.used.set(waiver, (this.used.get(waiver) ?? new Set()).add(environment));
    }
    return fitting.length > 0;
  }

  /** Tells of waivers that say too little, or that nothing needs; call it after the checks. */
  public verify(known: readonly string[]): void {
    for (const waiver of this.waivers) {
      const { check, object, reason } = waiver;
      const name = `The waiver of ${check} for ${object}`;
      const add = (message: string) => {
        this.problems.add('waivers', `${name} ${message}.`);
      };
      if (!isLine(reason)) {
        add(`has the reason ${show(reason)}; say in one line why the finding is all right`);
      }
      if (!known.includes(check)) {
        add(`is of no check; use one of ${known.join(', ')}`);
        continue;
      }
      this.verifyUse(waiver, add);
    }
  }

  private verifyUse(waiver: Waiver, add: (message: string) => void): void {
    const used = this.used.get(waiver);
    if (used === undefined) {
      add('finds nothing to waive; remove it');
      return;
    }
    const unused = (waiver.environments ?? []).filter((environment) => !used.has(environment));
    if (unused.length === 0) return;
    add(`finds nothing to waive in ${unused.join(', ')}; remove that from its environments`);
  }
}

/** Whether the text fits a pattern in which asterisks stand for any text. */
function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}
