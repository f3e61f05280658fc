import { servicesPage } from '../../../synth/docs/services-page';
import { small } from './model-fixture';
import { formatted } from './formatted';

const page = servicesPage(small);

test('the page tells all that one asks of a system at night', () => {
  expect(page).toMatchSnapshot();
});

test('it is as the formatter has it', () => {
  expect(formatted(page, 'markdown')).toBe(page);
});

test('every row of a table has the same width, whatever a name holds', () => {
  const tables = page.split('\n\n').filter((block) => block.startsWith('|'));
  expect(tables).toHaveLength(3);
  for (const table of tables) {
    const lines = table.trimEnd().split('\n');
    expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
    const columns = lines.map((line) => line.replaceAll('\\|', '').split('|').length);
    expect(new Set(columns).size).toBe(1);
  }
});

test('where a tier has one namespace for all environments, it says so once', () => {
  expect(page).toContain('Services. Namespaces: `app`.');
});

test('without systems and Secrets a tier is told, and no table', () => {
  const empty = servicesPage({ ...small, systems: [], secrets: [] });
  expect(empty).toContain('## later\n\nNothing yet. It is off everywhere.');
  expect(empty).not.toContain('|');
});
