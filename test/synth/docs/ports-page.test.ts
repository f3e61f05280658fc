import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { portRegistry } from '../../../synth';
import { docsFiles } from '../../../synth/docs';
import { portsPage } from '../../../synth/docs/ports-page';
import { platformWith } from '../checks/fixture';

const wellKnown = 'https://docs.example/a_b';
const registry = portRegistry({
  ranges: {
    monitoring: { from: 9000, to: 9003, purpose: 'Metrics.' },
    api: { from: 3100, to: 3101, purpose: 'APIs.', tiers: ['app', 'web'] },
    empty: { from: 10, to: 20, purpose: 'Nothing yet.' },
  },
  ports: {
    mongodb: { port: 27017, wellKnown, tier: 'data', owner: 'mongodb', purpose: 'MongoDB.' },
    scrape: { port: 9002, range: 'monitoring', tier: 'monitoring', owner: 'a', purpose: 'A | B.' },
    prometheus: { port: 9001, wellKnown, tier: 'monitoring', owner: 'prometheus', purpose: 'UI.' },
    second: { port: 3101, range: 'api', tier: 'app', owner: 'second', purpose: 'Second.' },
    first: { port: 3100, range: 'api', tier: 'app', owner: 'first', purpose: 'First.' },
    metrics: {
      port: 9464,
      wellKnown,
      tier: 'app',
      owner: 'first',
      sharedBy: {
        owners: [
          { tier: 'app', owner: 'second' },
          { tier: 'mcp', owner: 'git' },
        ],
        reason: 'each Node service has its own',
      },
      purpose: 'Metrics.',
    },
  },
});

const PAGE = `\
<!-- Made by synth from the port registry of the platform; edits are lost. -->

# Ports

Every port has one owner. A number that we choose lies in a range of its tier; a well-known one is a
program's own, and the source says where that is written.

## empty, 10 to 20

Nothing yet. Tiers: empty.

Free: 10 to 20.

## api, 3100 to 3101

APIs. Tiers: app, web.

| port | name     | tier | owner  | purpose | source |
| ---- | -------- | ---- | ------ | ------- | ------ |
| 3100 | \`first\`  | app  | first  | First.  | chosen |
| 3101 | \`second\` | app  | second | Second. | chosen |

Nothing is free.

## monitoring, 9000 to 9003

Metrics. Tiers: monitoring.

| port | name         | tier       | owner      | purpose | source                   |
| ---- | ------------ | ---------- | ---------- | ------- | ------------------------ |
| 9001 | \`prometheus\` | monitoring | prometheus | UI.     | https://docs.example/a_b |
| 9002 | \`scrape\`     | monitoring | a          | A \\| B. | chosen                   |

Free: 9000, 9003.

## Outside the ranges

| port  | name      | tier | owner                                                                   | purpose  | source                   |
| ----- | --------- | ---- | ----------------------------------------------------------------------- | -------- | ------------------------ |
| 9464  | \`metrics\` | app  | first; shared by second (app), git (mcp): each Node service has its own | Metrics. | https://docs.example/a_b |
| 27017 | \`mongodb\` | data | mongodb                                                                 | MongoDB. | https://docs.example/a_b |
`;

test('the page has every port once, by range and number, and what is free', () => {
  expect(portsPage(registry)).toBe(PAGE);
});

test('without a port outside the ranges the page has no such table', () => {
  expect(portsPage(portRegistry({ ranges: {}, ports: {} }))).not.toContain('## Outside');
});

test('it is as the formatter has it', () => {
  const prettier = join(__dirname, '../../../node_modules/prettier/bin/prettier.cjs');
  const options = ['--parser', 'markdown', '--print-width', '100'];
  const formatted = execFileSync(process.execPath, [prettier, ...options], { input: PAGE });
  expect(formatted.toString()).toBe(PAGE);
});

test('a platform without a registry has no such page', () => {
  const pages = (platform = platformWith({})) => {
    const told = { blueprint: platform.build(), options: platform.options, tiers: [] };
    return [...docsFiles(told).keys()];
  };
  expect(pages()).not.toContain('ports.md');
  expect(pages(platformWith({}, { ports: registry }))).toContain('ports.md');
});
