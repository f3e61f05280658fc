import { isHarmless, isSecretName, mayNameSecret } from './secret-names';

/** What gives a secret away in a text. */
export interface Leak {
  /** Where in the text, such as ` line 3`; empty for a text of one line. */
  readonly place: string;
  /** For people: what it is. Never the secret itself, as it would end in logs. */
  readonly what: string;
}

/** Whether a text is the name of a Secret. */
export type IsName = (text: string) => boolean;

/** Forms that nothing else has, whatever the name. */
const FORMS: readonly (readonly [what: string, form: RegExp])[] = [
  ['a private key', /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----|AGE-SECRET-KEY-1\w{20}/],
  ['a token of GitHub', /\b(gh[opusr]_[A-Za-z0-9]{36}|github_pat_\w{22})/],
  ['a token of GitLab', /\bgl(pat|dt|rt|cbt|ptt|ft)-[\w-]{20}/],
  ['a token of Slack', /\bxox[abeoprs]-[\w-]{10}|hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+/],
  ['an access key of AWS', /\b(AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['an API key of Google', /\bAIza[\w-]{35}/],
  ['a secret API key', /\b(sk|rk)[-_][\w-]{20}|\bwhsec_\w{20}/],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}/],
  ['a token of PyPI', /\bpypi-AgEI[\w-]{20}/],
  ['a token of Hugging Face', /\bhf_[A-Za-z0-9]{30}/],
  ['a token of Vault', /\bhv[sbr]\.[\w-]{24}/],
  ['a token of DigitalOcean', /\bdo[opr]_v1_[0-9a-f]{64}/],
  ['an API key of SendGrid', /\bSG\.[\w-]{22}\.[\w-]{43}/],
  ['a JSON Web Token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/],
  ['the hash of a password', /\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}|\$apr1\$[./A-Za-z0-9]{1,8}\$/],
];
const LOGIN = /\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@"'`<>]{0,100}:([^\s/@"'`]{1,200})@/gi;
const HEADER = /\b(?:Bearer|Basic)\s{1,5}([\w+/=.~-]{16,200})/g;

/** What is in every text that one of these finds something in. */
const SOME_FORM = new RegExp([...FORMS.map(([, form]) => form.source), '@|Bearer|Basic'].join('|'));

/** Objects repeat most of their texts, in all environments. */
const harmless = new Set<string>();

/** What a text gives away by its form. */
export function formsIn(text: string): Leak[] {
  if (harmless.has(text)) return [];
  const leaks = leaksByForm(text);
  if (leaks.length === 0) harmless.add(text);
  return leaks;
}

function leaksByForm(text: string): Leak[] {
  if (!SOME_FORM.test(text)) return [];
  const forms = FORMS.flatMap(([what, form]) => {
    const match = form.exec(text);
    return match === null ? [] : [{ place: placeOf(text, match.index), what }];
  });
  const logins = [...text.matchAll(LOGIN)]
    .filter(([, password = '']) => !isHarmless('password', password))
    .map(({ index }) => ({ place: placeOf(text, index), what: 'a URL with a password' }));
  const headers = [...text.matchAll(HEADER)]
    // A sentence about a bearer goes on in letters.
    .filter(([, token = '']) => /\d/.test(token))
    .map(({ index }) => ({ place: placeOf(text, index), what: 'an authorization header' }));
  return [...forms, ...logins, ...headers];
}

/*
 * Settings in texts. Counts have bounds, and names start where no other does, so that a large text
 * without settings costs no more than its length.
 */
const NAME = String.raw`(?<![\w.-])([A-Za-z_][\w.-]{0,60})`;
const QUOTED = new RegExp(
  String.raw`${NAME}["']?\s{0,9}(?:=|:|=>|:=)\s{0,9}(["'])((?:(?!\2)[^\n]){1,200})\2`,
  'g',
);
const BARE =
  /^[ \t]{0,60}(?:- )?(?:export |set )?["']?([A-Za-z_][\w.-]{0,60})["']?[ \t]{0,9}(?:=|:[ \t])[ \t]{0,9}([^\s"'#,;[{][^\n]{0,200})$/gim;
const FLAG =
  /(?<![\w-])--?([a-z][\w-]{0,60})(?:=| )(?!-)("[^"\n]{0,200}"|'[^'\n]{0,200}'|[^\s"']{1,200})/g;
const ELEMENT = /<([A-Za-z][\w.-]{0,60})>([^<>\n]{1,200})<\/\1>/g;
const DIRECTIVE = /^[ \t]{0,60}(requirepass|masterauth) +([^\n]{1,200})$/gm;

/** What a configuration file or script gives away by the names of its settings. */
export function settingsIn(text: string, isName: IsName, isCode = false): Leak[] {
  if (!mayNameSecret(text)) return [];
  const patterns = isCode ? [QUOTED] : [QUOTED, BARE, FLAG, ELEMENT, DIRECTIVE];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const [name = ''] = match.slice(1);
      const value = unquoted(match.at(-1) ?? '');
      // What has blanks in it is a sentence about the secret.
      if (!isSecretName(name) || /\s/.test(value)) return [];
      if (isHarmless(name, value) || isName(value)) return [];
      return [{ place: placeOf(text, match.index), what: `a literal ${name}` }];
    }),
  );
}

/** Without quotes, the comma or semicolon behind it, and a comment. */
const unquoted = (value: string) =>
  value
    .replace(/\s[#;].*$/, '')
    .replace(/[\s,;]+$/, '')
    .replace(/^(["'])(.*)\1$/, '$2');

const placeOf = (text: string, index: number): string =>
  text.includes('\n') ? ` line ${String(text.slice(0, index).split('\n').length)}` : '';
