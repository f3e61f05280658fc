import { remember } from '../print/remember';

/*
 * What names and values of settings say. A name is judged by its last word: a password is a secret,
 * a password file is not.
 */

const PASSWORDS = ['password', 'passwd', 'passphrase', 'passcode', 'pass', 'pwd'];
const SECRETS = [...PASSWORDS, 'secret', 'token', 'credential', 'credentials', 'psk'];
/** One word in some programs. */
const JOINED = ['apikey', 'accesskey', 'secretkey', 'privatekey', 'requirepass', 'masterauth'];
/** A key is a secret only where the word before says so. */
const KEYS = [
  'access',
  'account',
  'api',
  'auth',
  'encryption',
  'hmac',
  'jwt',
  'license',
  'master',
  'private',
  'secret',
  'session',
  'shared',
  'signing',
];
/** What follows a secret word without changing what it is: PASSWORD_1, SECRET_KEY_BASE. */
const SUFFIXES = /^(\d+|base|hash|plain|string|text|value)$/;
/** With these words before, a Secret is named by its name, and a token is part of a text. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  secret: ['certificate', 'cert', 'existing', 'from', 'image', 'pull', 'tls'],
  token: ['bos', 'cls', 'eos', 'mask', 'max', 'min', 'pad', 'sep', 'special', 'stop', 'unk'],
};

const SOME_NAME = new RegExp([...SECRETS, ...JOINED, 'key'].join('|'), 'i');

/** Whether there may be a name of a secret in the text; most texts have none. */
export const mayNameSecret = (text: string): boolean => SOME_NAME.test(text);

/** Whether a value under this name would be a secret. */
export const isSecretName = remember((name) => {
  const words = wordsOf(name);
  while (SUFFIXES.test(words.at(-1) ?? '')) words.pop();
  const [before = '', last = ''] = words.length > 1 ? words.slice(-2) : ['', ...words];
  if (last === 'key') return KEYS.includes(before);
  if (NAMED[last]?.includes(before) === true) return false;
  return SECRETS.includes(last) || JOINED.includes(last);
});

/** Words of DB_PASSWORD, db.password, dbPassword and DBPassword. */
const wordsOf = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

const WORDS =
  /^(true|false|yes|no|on|off|null|none|nil|undefined|required|optional|enabled|disabled|include|omit|same-origin|string|~|[|>][+-]?|[*x]+)$/i;
const PATH = /^(file:|[a-z]:\\|(~|\.{1,2})?(\/[\w.@%+-]+)+\/?$)/i;
/** What a shell, a template or Kubernetes puts in, and what a person has to: <password>. */
const REFERENCE = /\$\(|\$\{|\{\{|`|%\(|^\$\w+$|^%[a-z]$|^\*[a-z]\w*$|^<[^<>]*>$/;
const SCHEME = /^(env|vault|op|arn|ref\+\w+|https?):/;
const NUMBER = /^\d+(ms|s|m|h|d|w)?$/;

/** Whether a value under a secret name tells no secret: it is a switch, a path or a reference. */
export function isHarmless(name: string, value: string): boolean {
  const text = value.trim();
  if (text === '') return true;
  if (NUMBER.test(text) && !PASSWORDS.includes(wordsOf(name).at(-1) ?? '')) return true;
  return [WORDS, PATH, REFERENCE, SCHEME].some((pattern) => pattern.test(text));
}
