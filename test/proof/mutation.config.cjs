const base = require('../../jest.config.cjs');

/** The mutation test asks whether the proof alone catches a broken printer. */
/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/proof/mutation.ts'],
};
