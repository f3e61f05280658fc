import {
  describe,
  refsOf,
  subExprs,
  type Binding,
  type Const,
  type Expr,
  type FileText,
  type Ref,
} from './expr';
import { CARRIED_TEXT, NO_VALUE } from './schema';

const CARRIED = new RegExp(CARRIED_TEXT, 'u');

/** Where an expression stands: what it may read there. */
export interface Standpoint {
  readonly tier: string;
  readonly owner: object;
}

/** What is wrong with the values that an expression reads and the texts it has, for this place. */
export function complaintsAbout(
  expr: Expr,
  at: Standpoint,
  bindings: readonly Binding[],
): string[] {
  // Most of what a manifest says is constant.
  if (expr.op === 'const') return aboutConstant(expr);
  const parts = subExprs(expr);
  // Of a file that is out of sight, what is in it need not be told as well.
  const unseen = new Set(
    parts.flatMap((part) =>
      part.op === 'file' && part.tier !== at.tier ? subExprs(part.text) : [],
    ),
  );
  return parts.flatMap((part) => {
    if (unseen.has(part)) return [];
    if (part.op === 'const') return aboutConstant(part);
    if (part.op === 'file') return aboutFile(part, at);
    return part.op === 'ref' ? aboutRef(part, at, bindings) : [];
  });
}

function aboutRef(ref: Ref, at: Standpoint, bindings: readonly Binding[]): string[] {
  const { scope } = ref;
  if (scope.kind === 'item') {
    if (bindings.includes(scope.binding)) return [];
    return [`uses ${describe(ref)} outside its each(); use it inside the function given to each()`];
  }
  if (scope.owner !== at.owner) {
    return [
      `uses value ${describe(ref)} of another platform; build each platform from its own tiers`,
    ];
  }
  if (scope.kind === 'global' || scope.tier === at.tier) return [];
  return [foreign(`value ${describe(ref)}`, scope.tier, at)];
}

function aboutFile(file: FileText, at: Standpoint): string[] {
  if (file.tier !== at.tier) return [foreign(describe(file), file.tier, at)];
  return refsOf(file.text)
    .filter((ref) => ref.scope.kind === 'item')
    .map(
      (ref) =>
        `puts ${describe(ref)} into ${describe(file)}, which is one for all items; put it into the manifest`,
    );
}

const foreign = (what: string, tier: string, at: Standpoint) =>
  `uses ${what} of tier ${tier}, which tier ${at.tier} cannot see; let ${tier} export an endpoint, or move the value to global`;

const aboutConstant = ({ value }: Const): string[] =>
  typeof value === 'string' ? aboutText(value) : [];

function aboutText(text: string): string[] {
  if (isCarried(text)) return [];
  if (text.includes(NO_VALUE)) {
    return [
      `is text with ${NO_VALUE}, which Helm removes from all that it renders; write it another way or encode it with b64()`,
    ];
  }
  const odd = Array.from(text).find((character) => !isCarried(character)) ?? '';
  const code = (odd.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return [
    `is text with the character U+${code}, which Helm or YAML drops or changes; remove it or encode it with b64()`,
  ];
}

/** Whether Helm and YAML carry the text unchanged. */
export const isCarried = (text: string) =>
  text.isWellFormed() && CARRIED.test(text) && !text.includes(NO_VALUE);
