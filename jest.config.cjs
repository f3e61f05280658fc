/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test'],
  testEnvironment: 'node',
  // Jest leaves one core free, which is half of the two that CI has.
  maxWorkers: '100%',
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  // The Kubernetes client is published as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!@kubernetes/client-node/)'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // Packages that only test/diagrams has.
  modulePathIgnorePatterns: ['<rootDir>/test/diagrams/node_modules/'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '/test/cluster/',
    '/test/configs/',
    '/test/diagrams/',
    '/test/package/',
    '/test/validators/',
  ],
  collectCoverageFrom: ['synth/**/*.ts'],
  snapshotFormat: { escapeString: false, printBasicPrototype: false },
};
