/**
 * Characters that stand for themselves in every place a value is printed: inside YAML double
 * quotes, in a block scalar and in a template. No white space, quotes, backslash or braces.
 */
const PLAIN = String.raw`A-Za-z0-9._~:/?#@!$&()*+,;=%|<>`;
const PLAIN_TEXT = new RegExp(`^[${PLAIN}-]*$`);

/** Whether every character of the text is a plain one. */
export const isPlainText = (text: string): boolean => PLAIN_TEXT.test(text);

/** A class of plain characters; a dash in it only where it cannot mean another range. */
const CLASS = String.raw`\[-?(?:a-z|A-Z|0-9|a-f|A-F|[${PLAIN}]|\\[-./+])+-?\]`;
const LITERAL = String.raw`[A-Za-z0-9\-_/:@,=%]|\\[-./+]`;
const QUANTIFIER = String.raw`[*+?]|\{\d+(?:,\d*)?\}`;
const ATOM = new RegExp(`${CLASS}|${LITERAL}|${QUANTIFIER}`, 'g');
/** A group once its atoms are gone. */
const GROUP = /\(\|*\)/g;

/**
 * Whether every text that the pattern accepts consists of plain characters. Reads the simple
 * patterns that values use: anchored sequences of literals, character classes, groups and
 * quantifiers. Says no to everything else, which costs beauty (the value is printed through
 * `quote`), never correctness.
 */
export function acceptsOnlyPlainText(pattern: string): boolean {
  const [, body] = /^\^(.*)\$$/s.exec(pattern) ?? [];
  let rest = body?.replace(ATOM, '') ?? '|';
  // An alternative outside a group ends the reach of the anchors, and is what stays here.
  while (GROUP.test(rest)) rest = rest.replace(GROUP, '');
  return rest === '';
}
