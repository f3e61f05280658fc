const base = require('../../jest.config.cjs');

/** The package as others get it: packed, installed into a project of its own, used there. */
/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/package/package.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
