import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';
import { valueRules } from './lint-preset.mjs';

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      'dist/',
      'helm/',
      'coverage/',
      'lib/',
      'test/package/project/',
      '.stryker-tmp/',
      'reports/',
      'test/types/errors/',
      '**/*.cjs',
      '**/*.mjs',
      // Run by mongosh, which has globals of its own.
      'charts/data/make-accounts.js',
    ],
  },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
  },
  valueRules,
  {
    // JavaScript, since it is what makes Node read TypeScript.
    files: ['register/*.js'],
    rules: {
      'no-undef': 'off',
      // These do not see casts in comments, which tsc checks.
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    rules: {
      'max-lines': ['error', { max: 300 }],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
    },
  },
);
