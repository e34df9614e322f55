import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal } from '#kernel';
import { importRecord, readConfig, RecordFile } from '#platform/runtime';
import { pino } from 'pino';
import { openServices } from '../apps/server/src/open-services.js';

const EXERCISE = join(import.meta.dirname, '../apps/server/records/exercise.json');
/** Where the invented parliaments of the exercise stand here: what an exercise publishes never leaves the network, and these tests are about what does. */
const COUNTRIES = { XA: 'NZ', XB: 'BE', XC: 'MA', XD: 'CL' } as const;
const KEPT: ReadonlySet<string> = new Set(['Parliament', 'Person', 'Group', 'Network', 'Membership', 'Partner']);

/** The parliaments, groups and people of the exercise as the record of a network that is none. */
export function liveRecord(): RecordFile {
  const text = Object.entries(COUNTRIES).reduce((json, [from, to]) => json.replaceAll(new RegExp(`"${from}(?=["-])`, 'g'), `"${to}`), readFileSync(EXERCISE, 'utf8'));
  const { steps, ...file } = RecordFile.parse(JSON.parse(text));
  return {
    ...file, name: 'live-network', mode: 'import', sources: [{ title: 'Record made for a test' }], confidence: 'high', 
    // An import is the network secretariat's, whoever acted then (G3).
    steps: steps.filter((s) => KEPT.has(s.aggregate)).map(({ actor: _actor, ...step }) => step),
  };
}

/** Of all accounts there; that of the demonstration is for exercises only. */
export const LIVE_PASSWORD = 'everything here is only a test';
/** Who may sign in there, under the names of the demonstration. */
export interface LiveAccount {
  readonly name: string;
  readonly personId: string;
  readonly language: string;
  readonly capacity: 'chair' | 'member' | 'officer' | 'network-secretariat' | 'network-chair' | 'group-secretariat' | 'translator' | 'auditor' | 'observer';
  readonly onBehalfOf?: string;
}
const chair = (x: string, language: string): LiveAccount => ({ name: `chair.${x}`, personId: `${x}-chair`, language, capacity: 'chair', onBehalfOf: `${x}-group` });
const member = (x: string, language: string): LiveAccount => ({ name: `member.${x}`, personId: `${x}-member`, language, capacity: 'member', onBehalfOf: `${x}-group` });
const linguist = (role: 'translator' | 'reviser', language: string): LiveAccount => ({ name: `${role}.${language}`, personId: `${role}-${language}`, language, capacity: 'translator' });
export const LIVE_ACCOUNTS: readonly LiveAccount[] = [
  chair('xa', 'en'), chair('xb', 'fr'), chair('xc', 'ar'), chair('xd', 'es'), member('xa', 'en'), member('xb', 'fr'), member('xc', 'ar'), member('xd', 'es'),
  { name: 'network', personId: 'xn-secretariat', language: 'en', capacity: 'network-secretariat', onBehalfOf: 'exercise' },
  { name: 'cochair', personId: 'xn-chair', language: 'en', capacity: 'network-chair', onBehalfOf: 'exercise' },
  ...['fr', 'ar', 'es'].flatMap((l) => [linguist('translator', l), linguist('reviser', l)]),
];

/** A data folder of that network, before a server opens it. */
export async function setUpLiveNetwork(folder: string): Promise<void> {
  const services = await openServices(readConfig({ COMITY_DATA: folder, COMITY_DEMO: 'off', COMITY_LOG: 'silent' }), pino({ level: 'silent' }));
  try {
    await importRecord(services.platform, liveRecord());
    for (const { name, personId, language, capacity, onBehalfOf } of LIVE_ACCOUNTS) {
      const grant = onBehalfOf === undefined ? { capacity } : { capacity, onBehalfOf };
      const made = await services.identity.accounts.create({ email: `${name}@demo.example`, personId, displayName: name, language, exercise: false, grants: [grant] }, { password: LIVE_PASSWORD });
      if (isRefusal(made)) throw new Error(`${name}: ${JSON.stringify(made)}`);
    }
  } finally {
    await services.close();
  }
}
