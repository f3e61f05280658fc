import { BOOLEAN_WORDS } from '../schema';

/*
 * YAML for constants. Quotes more than most printers: a plain scalar must be text for every YAML
 * 1.1 and 1.2 parser there is, with room to spare.
 */
const PLAIN =
  /^[A-Za-z_/][A-Za-z0-9_./@+-]*(?:[:=,][A-Za-z0-9_./@+-]+)*(?: [A-Za-z0-9_./()@+-]+)*$/;
/** Read as a number by lenient parsers. */
const EXPONENT_LIKE = /^e[-+]?[0-9]/i;

const WORDS = new Set(BOOLEAN_WORDS);

/** Whether the text can stand in YAML without quotes. */
export function isPlainScalar(text: string): boolean {
  return PLAIN.test(text) && !EXPONENT_LIKE.test(text) && !WORDS.has(text);
}

/** Escapes what a YAML double-quoted scalar cannot hold. */
export function escapeDoubleQuoted(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

export function printScalar(text: string): string {
  return isPlainScalar(text) ? text : `"${escapeDoubleQuoted(text)}"`;
}

/**
 * Whether a text of constant shape can be a literal block: several lines, nothing at its ends
 * that trimming would take (`{{-` eats white space), nothing that hides the indentation.
 */
export function isBlockText(text: string): boolean {
  return (
    /^\S[^\n]*\n/.test(text) &&
    /[^\s]\n?$/.test(text) &&
    !/[^\n\t\x20-\x7e\xa0-\ud7ff\uf900-\ufdff]/.test(text)
  );
}
