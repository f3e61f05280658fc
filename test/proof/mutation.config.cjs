const base = require('../../jest.config.cjs');

/** The mutation test asks what catches a broken printer: the proof, or only the printer's tests. */
/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/proof/mutation.ts'],
};
