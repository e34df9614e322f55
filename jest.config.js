import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

// Jest runs ES modules only with a flag, and the product only on its own Node: run elsewhere, it starts itself anew.
const root = import.meta.dirname;
const [major] = process.versions.node.split('.').map(Number);
if (!process.env.JEST_WORKER_ID && (major < 24 || !process.execArgv.includes('--experimental-vm-modules'))) {
  const own = join(root, 'node_modules/.bin/node');
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const { status } = spawnSync(
    existsSync(own) ? own : process.execPath,
    ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, ...process.argv.slice(2)],
    { stdio: 'inherit' },
  );
  process.exit(status ?? 1);
}

const base = {
  rootDir: root,
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['comity-source', 'node', 'node-addons'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1', '$1.js'] },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2024',
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

export default {
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{libs,apps}/**/*.spec.ts'] },
    { ...base, displayName: 'acceptance', setupFilesAfterEnv: ['<rootDir>/test/acceptance/patience.js'], testMatch: ['<rootDir>/test/{acceptance,contracts,architecture,kurrentdb-server}/**/*.spec.ts', '<rootDir>/test/faults/proxy.spec.ts'] },
    // The acceptance of one process once more, on three over KurrentDB's protocol and PostgreSQL.
    {
      ...base, displayName: 'cluster', setupFiles: ['<rootDir>/test/cluster/profile.js'], setupFilesAfterEnv: ['<rootDir>/test/cluster/patience.js'],
      testMatch: ['<rootDir>/test/acceptance/{script-1,joining,mou,statement,access,live}.spec.ts', '<rootDir>/test/cluster/**/*.spec.ts', '<rootDir>/test/faults/cluster*.spec.ts'],
    },
    { ...base, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.spec.ts'] },
  ],
};
