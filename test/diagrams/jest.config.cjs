const base = require('../../jest.config.cjs');

/** The diagrams of all pages, read by Mermaid and drawn in Chromium. */
/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  globalSetup: '<rootDir>/test/diagrams/programs.ts',
  testMatch: ['<rootDir>/test/diagrams/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60_000,
};
