/**
 * Characters that stand for themselves in every place a value is printed: inside YAML double
 * quotes, in a block scalar and in a template. No white space, quotes, backslash or braces.
 */
const PLAIN_TEXT = /^[A-Za-z0-9\-._~:/?#@!$&()*+,;=%|<>^]*$/;

/** Whether every character of the text is a plain one. */
export function isPlainText(text: string): boolean {
  return PLAIN_TEXT.test(text);
}

const CLASS = /^\[((?:[^\]\\^[]|\\[-.\]/])+)\]/;
const QUANTIFIER = /^(?:[*+?]|\{\d+(?:,\d*)?\})/;
const ESCAPED = /^\\([-./+])/;

/**
 * Whether every text that the pattern accepts consists of plain characters. Reads the simple
 * patterns that values use: anchored sequences of literals, character classes, groups and
 * quantifiers. Says no to everything else, which costs beauty (the value is printed through
 * `quote`), never correctness.
 */
export function acceptsOnlyPlainText(pattern: string): boolean {
  if (!pattern.startsWith('^') || !pattern.endsWith('$') || pattern.endsWith('\\$')) return false;
  let rest = pattern.slice(1, -1);
  let depth = 0;
  while (rest !== '') {
    const group = /^\((?:\?:)?/.exec(rest);
    const charClass = CLASS.exec(rest);
    const escaped = ESCAPED.exec(rest);
    const quantifier = QUANTIFIER.exec(rest);
    if (group !== null) {
      depth += 1;
      rest = rest.slice(group[0].length);
    } else if (rest.startsWith(')')) {
      depth -= 1;
      rest = rest.slice(1);
    } else if (rest.startsWith('|')) {
      // An alternative outside a group would end the reach of the anchors.
      if (depth === 0) return false;
      rest = rest.slice(1);
    } else if (charClass !== null) {
      if (!isPlainClass(charClass[1] ?? '')) return false;
      rest = rest.slice(charClass[0].length);
    } else if (escaped !== null) {
      rest = rest.slice(2);
    } else if (quantifier !== null) {
      rest = rest.slice(quantifier[0].length);
    } else if (/^[A-Za-z0-9\-_/:@,=%]/.test(rest)) {
      rest = rest.slice(1);
    } else {
      return false;
    }
  }
  return depth === 0;
}

function isPlainClass(members: string): boolean {
  const characters = members.replace(/\\(.)/g, '$1');
  for (let index = 0; index < characters.length; index += 1) {
    const [from, dash, to] = [characters[index], characters[index + 1], characters[index + 2]];
    if (from === undefined || !isPlainText(from)) return false;
    if (dash === '-' && to !== undefined) {
      if (!['a-z', 'A-Z', '0-9', 'a-f', 'A-F'].includes(`${from}-${to}`)) return false;
      index += 2;
    }
  }
  return true;
}
