import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Every secret that was read, so that none can be part of what is logged. @type {Set<string>} */
const known = new Set();

/**
 * Reads one key of a mounted Secret, at each call anew: Kubernetes replaces the file when the
 * Secret changes.
 * @param {string} folder
 * @param {string} key
 */
export async function readSecret(folder, key) {
  const text = await readFile(join(folder, key), 'utf8');
  // Editors and `echo` end a file with a newline that is no part of the secret.
  const secret = text.replace(/\r?\n$/, '');
  if (secret !== '') known.add(secret);
  return secret;
}

/**
 * The text with each secret blotted out. Redis, for one, repeats the arguments of a command that it
 * does not know, so a password can come back inside an error.
 * @param {string} text
 */
export function withoutSecrets(text) {
  let clean = text;
  for (const secret of known) clean = clean.replaceAll(secret, '***');
  return clean;
}
