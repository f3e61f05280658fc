const base = require('../../jest.config.cjs');

/** Real programs with the files that dist/dev has for them. */
/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/configs/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60_000,
  // They measure: one at a time.
  maxWorkers: 1,
  testSequencer: '<rootDir>/test/configs/sequencer.cjs',
};
