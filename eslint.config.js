import tseslint from 'typescript-eslint';
import { floors } from './cli/build/eslint-floors.js';

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'cli/rule/generated/', 'node_modules/'] },
  {
    files: ['cli/**/*.ts', 'vitest.config.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { house: { rules: { floors } } },
    rules: {
      'house/floors': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['cli/commands/**', 'cli/proof/**', 'cli/build/**'],
    rules: { 'no-console': 'off' },
  },
);
