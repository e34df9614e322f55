// Who may import whom. test/architecture/dependency-rules.spec.ts shows each rule failing on a planted violation.
export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'libs-never-import-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    { name: 'kernel-imports-zod-only', severity: 'error', from: { path: '^libs/kernel/', pathNot: '(testing|\\.spec)\\.ts$' }, to: { pathNot: '^(libs/kernel/|node_modules/zod/)' } },
    { name: 'text-is-pure', severity: 'error', from: { path: '^libs/text/', pathNot: '\\.spec\\.ts$' }, to: { pathNot: '^(libs/text/|node_modules/(prosemirror-model|prosemirror-transform)/)' } },
    { name: 'exchange-knows-formats-only', severity: 'error', from: { path: '^libs/exchange/', pathNot: '\\.spec\\.ts$' }, to: { path: '^(libs/(contexts|platform)/|node_modules/@nestjs/)' } },
    { name: 'platform-never-imports-contexts', severity: 'error', from: { path: '^libs/platform/', pathNot: '\\.spec\\.ts$' }, to: { path: '^libs/contexts/' } },
    { name: 'contexts-meet-only-at-index', severity: 'error', from: { path: '^libs/contexts/([^/]+)/' }, to: { path: '^libs/contexts/', pathNot: '^libs/contexts/($1/|[^/]+/src/index\\.ts$)' } },
    { name: 'contexts-know-no-platform', severity: 'error', from: { path: '^libs/contexts/', pathNot: '\\.spec\\.ts$' }, to: { path: '^(libs/platform/|node_modules/@nestjs/)' } },
    { name: 'apps-enter-libs-at-index', severity: 'error', from: { path: '^apps/(server|cli)/' }, to: { path: '^libs/', pathNot: '/src/index\\.ts$' } },
    {
      name: 'aggregates-are-pure', severity: 'error',
      from: { path: '^libs/contexts/([^/]+)/src/([^/]+)/', pathNot: '(\\.spec\\.ts$|/src/(views|reactions)/)' },
      to: { pathNot: '^(libs/kernel/src/index\\.ts$|libs/text/src/index\\.ts$|libs/contexts/$1/|libs/contexts/[^/]+/src/index\\.ts$|node_modules/zod/)' },
    },
    { name: 'web-imports-nothing-of-the-server', severity: 'error', from: { path: '^apps/web/' }, to: { path: '^(libs/platform/(?!i18n/src/browser\\.ts$)|apps/(server|cli)/)' } },
    { name: 'event-store-client-only-in-its-adapter', severity: 'error', from: { pathNot: '^(libs/platform/event-store/|test/kurrentdb-server/)' }, to: { path: 'node_modules/(@eventstore|@kurrent)/' } },
    { name: 'database-driver-only-in-its-library', severity: 'error', from: { pathNot: '^(libs/platform/database/|test/)' }, to: { path: 'node_modules/pg/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { conditionNames: ['comity-source', 'import', 'types', 'node', 'default'], exportsFields: ['exports'], extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] },
  },
};
