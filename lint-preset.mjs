/**
 * Lint rules for people who write charts: they catch the uses of a Value that the compiler
 * lets through, such as `if (value)`, `value && x`, `value + 1` and `${value}` of a group.
 */
export const valueRules = {
  rules: {
    '@typescript-eslint/strict-boolean-expressions': 'error',
    '@typescript-eslint/no-unnecessary-condition': 'error',
    '@typescript-eslint/no-base-to-string': ['error', { ignoredTypeNames: ['Value'] }],
    '@typescript-eslint/restrict-plus-operands': [
      'error',
      { allowAny: false, allowNumberAndString: false },
    ],
    '@typescript-eslint/restrict-template-expressions': [
      'error',
      {
        allowNumber: true,
        allowBoolean: true,
        // Lists, maps and groups have other names, and cannot be part of a text.
        allow: ['Value'],
      },
    ],
  },
};
