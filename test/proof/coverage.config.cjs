const base = require('../../jest.config.cjs');

/** Every branch of printer and evaluator is reached by the proof of the torture chart alone. */
/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/proof/torture.test.ts'],
  collectCoverage: true,
  coverageReporters: ['text'],
  collectCoverageFrom: [
    'synth/print/*.ts',
    // What it forgets when it is full makes no other text: test/synth/remember.test.ts.
    '!synth/print/remember.ts',
    'synth/compute.ts',
    'synth/evaluate.ts',
    'synth/presence.ts',
    'synth/charset.ts',
  ],
  coverageThreshold: { global: { branches: 100, functions: 100, lines: 100, statements: 100 } },
};
