/**
 * Characters that stand for themselves in every place a value is printed: inside YAML double
 * quotes, in a block scalar and in a template. No white space, quotes, backslash or braces.
 */
const PLAIN = /[A-Za-z0-9._~:/?#@!$&()*+,;=%|<>]/;
const PLAIN_TEXT = /^[A-Za-z0-9._~:/?#@!$&()*+,;=%|<>-]*$/;

/** Whether every character of the text is a plain one. */
export const isPlainText = (text: string): boolean => PLAIN_TEXT.test(text);

/** In a class: a range, a plain character or an escaped one; a dash only at its ends. */
const MEMBER = /a-z|A-Z|0-9|a-f|A-F|\\[-./+]/;
const CLASS = new RegExp(String.raw`\[-?(?:${MEMBER.source}|${PLAIN.source})+-?\]`);
const LITERAL = /[A-Za-z0-9\-_/:@,=%]|\\[-./+]/;
const QUANTIFIER = /[*+?]|\{\d+(?:,\d*)?\}/;
const ATOM = new RegExp([CLASS, LITERAL, QUANTIFIER].map(({ source }) => source).join('|'), 'g');
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
