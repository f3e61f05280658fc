const base = require('../../jest.config.cjs');

/** `npm run test:cluster` starts the clusters for it: test/cluster/run.ts. */
/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/cluster/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testEnvironment: '<rootDir>/test/cluster/environment.cjs',
  moduleNameMapper: {
    ...base.moduleNameMapper,
    '^@kubernetes/client-node$': '<rootDir>/test/cluster/client.cjs',
  },
  setupFilesAfterEnv: ['<rootDir>/test/cluster/simulated.ts'],
  // A cluster says when it is ready; what waits for it gives up before (PATIENCE).
  testTimeout: 600_000,
  // All in one cluster: one at a time.
  maxWorkers: 1,
  testSequencer: '<rootDir>/test/cluster/sequencer.cjs',
};
