import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { code, table } from '../../synth/docs/page';
import { exceptions } from './waivers';

/* Writes docs/waivers.md; a test fails while the page says something else than waivers.ts. */

const INTRODUCTION = `\
\`npm run test:validators\` asks validators of others about dist/, the rendered chart, the workflows and the
Dockerfiles. What they find is mended, or stands here with a reason. An exception that no finding needs
fails the run; so does every other finding.`;

const WAIVERS = `\
Each is for one rule and one object, in whichever environments it is.`;

const SWITCHED_OFF = `\
Rules that are not for this platform as a whole.`;

export function waiversPage(): string {
  const { waivers, switchedOff } = exceptions;
  const parts = [
    '<!-- Made by test/validators/waivers-page.ts; edits are lost. -->',
    '# Waivers',
    INTRODUCTION,
    '## Findings that are waived',
    WAIVERS,
    table(
      ['validator', 'rule', 'object', 'reason'],
      waivers.map(({ validator, rule, object, reason }) => [
        validator,
        code(rule),
        code(object),
        reason,
      ]),
    ),
    '## Rules switched off',
    SWITCHED_OFF,
    table(
      ['validator', 'rule', 'environments', 'reason'],
      switchedOff.map(({ validator, rule, message, environments, reason }) => [
        validator,
        message === undefined ? code(rule) : `${code(rule)}: ${message}`,
        environments?.join(', ') ?? 'all',
        reason,
      ]),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

if (require.main === module) {
  writeFileSync(join(__dirname, '../../docs/waivers.md'), waiversPage());
}
