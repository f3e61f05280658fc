import tseslint from 'typescript-eslint';
import { valueRules } from 'twinchart/lint-preset';

export default tseslint.config(...tseslint.configs.recommendedTypeChecked, valueRules, {
  languageOptions: {
    parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
  },
});
