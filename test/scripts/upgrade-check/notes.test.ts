import { isNoted, upgradeNotes } from '../../../scripts/upgrade-check/notes';

const BEFORE = `# Changelog

## [Unreleased]

## [1.0.0] - 2026-01-01

### Upgrade notes

- \`old\` is gone.
`;

const NOW = `# Changelog

## [Unreleased]

### Upgrade notes

Mind these, and not \`prose\`.

- \`web.motto\` is gone; \`web.title\` takes its place.
- \`StatefulSet shop/store\`: delete it as docs/upgrades.md says, for
  \`spec.volumeClaimTemplates\` is larger.

### Changed

- \`changed\` is something else.

## 1.1.0

### Upgrade notes

* \`between\` is gone.

## [1.0.0] - 2026-01-01

### Upgrade notes

- \`old\` is gone.
`;

const notes = upgradeNotes(NOW, BEFORE);

test.each([
  [['web.motto']],
  [['web.title']],
  [['StatefulSet shop/store', 'spec.volumeClaimTemplates']],
  [['between']],
])('a note names %j', (names) => {
  expect(isNoted(notes, names)).toBe(true);
});

test.each([
  ['is below another heading', ['changed']],
  ['is no item', ['prose']],
  ['the old version had already', ['old']],
  ['no note has whole', ['web']],
  ['two notes share', ['StatefulSet shop/store', 'web.motto']],
])('it does not count what %s', (_, names) => {
  expect(isNoted(notes, names)).toBe(false);
});

test('there are none without a changelog', () => {
  expect(upgradeNotes('', '')).toEqual([]);
});
