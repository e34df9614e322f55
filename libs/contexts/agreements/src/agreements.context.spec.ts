import { drafting } from '#contexts/drafting';
import { statements } from '#contexts/statements';
import { directory, group as aggregateGroup } from '#contexts/directory';
import { governance } from '#contexts/governance';
import { type Actor, isRefusal, type Mode } from '#kernel';
import { openPlatform, type Platform } from '#platform/runtime';
import { pino } from 'pino';
import { agreements } from './agreements.context.js';
import { CA, chairCA, chairUK, officerCA, officerUK, person, proposal, RECORDED, TEXT, UK } from './history.contract.js';
import type { MouDoc } from './views/mou.doc.js';

const secretariat = person('network-secretariat', 'sec');
const source = [{ title: 'Press release', url: 'https://example.org/press-release' }];
const now = '2026-11-23T09:00:00Z';
let platform: Platform;
let count = 0;

async function give(actor: Actor, aggregate: string, id: string, command: string, input: unknown, mode: Mode = 'exercise') {
  const outcome = await platform.executor.execute({
    aggregate, id, command, input, actor, mode, commandId: `00000000-0000-7000-8000-${String(++count).padStart(12, '0')}`,
    ...(mode === 'import' ? { sources: source } : {}),
  });
  if (isRefusal(outcome)) throw new Error(JSON.stringify(outcome));
  await platform.runner.waitFor(outcome.position);
}
const mouAs = async (id: string) => (await platform.views.reader(null).row<MouDoc>('mous', id))?.doc;
async function until(id: string, status: string) {
  for (let i = 0; i < 100 && (await mouAs(id))?.status !== status; i++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await mouAs(id))?.status).toBe(status);
}
const founded = (groupId: string) => ({
  groupId, parliamentId: 'XA', names: { en: groupId }, purpose: { en: 'Prevention' }, foundedOn: '2005', recognition: 'informal', sources: source,
});

beforeEach(async () => {
  platform = await openPlatform({ folder: ':memory:', contexts: [directory, governance, agreements, statements, drafting], log: pino({ level: 'silent' }), now: () => now });
});
afterEach(() => platform.close());

describe('agreements on the platform', () => {
  it('brings a memorandum from its proposal into effect, by the authorisations that groups have granted', async () => {
    for (const id of [UK, CA]) await give(secretariat, 'Group', id, 'ImportFoundedGroup', founded(id));
    const doer = (actor: Actor) => (command: string, input: unknown = {}) => give(actor, 'Mou', 'mou-1', command, input);
    const [uk, ca, depositary] = [doer(chairUK), doer(chairCA), doer(secretariat)];
    await uk('ProposeMou', proposal());
    await ca('OpenNegotiation', { leads: {}, timetable: [] });
    await doer(officerUK)('ProposeClause', { kind: 'purpose', text: TEXT });
    const clauseId = (await mouAs('mou-1'))?.clauses[0]?.clauseId;
    for (const officer of [officerUK, officerCA]) await doer(officer)('AgreeClause', { clauseId, revision: 1, mode: 'agreed' });
    await uk('InitialText');
    await ca('InitialText');
    const { digests } = (await mouAs('mou-1'))!;
    for (const actor of [chairUK, chairCA]) {
      const group = actor.onBehalfOf!;
      await give(actor, 'Group', group, 'EnrolMember', { personId: actor.personId, status: 'full', on: '2020' });
      const grant = {
        subject: { type: 'mou', id: 'mou-1' }, act: 'sign', holder: actor.personId, textDigests: digests, latitude: 'none',
        expiresAt: '2027-06-01T00:00:00Z', decisionRef: 'Minutes of 20 November',
      };
      await give(actor, 'Group', group, 'GrantAuthorisation', grant);
      const [granted] = (await platform.executor.world.state(aggregateGroup, group)).authorisations;
      await doer(actor)('RecordPartyAuthorisation', { authorisationId: granted?.id });
    }
    await depositary('OpenForSignature', { mode: 'ceremony', place: 'Ottawa' });
    await uk('SignFirst', { digests: digests! });
    await doer(person('member', 'kapila'))('AttestSignature', { ofSignatureBy: 'twigg' });
    await ca('SignLast', { digests: digests! });
    await until('mou-1', 'inEffect');
    expect(await mouAs('mou-1')).toMatchObject({ effect: { on: '2026-11-23', byRule: 'last-signature' }, next: null, witnesses: [{ personId: 'kapila' }] });
    const found = (token: string) => platform.views.reader(new Set([token])).search('Memorandum').then((hits) => hits.map((hit) => hit.id));
    // An exercise stays inside the network (G4).
    expect(await Promise.all([found('network'), found('public')])).toEqual([['mou-1'], []]);
  });

  it('records the memorandum of 2014 as its press release tells of it', async () => {
    const record = (command: string, input: unknown) => give(secretariat, 'Mou', 'mou-1', command, input, 'import');
    await record('ImportHistoricalMou', RECORDED);
    await record('AttestSignature', { personId: 'carlile', asPrinted: 'Lord Carlisle' });
    await record('AttestSignature', { asPrinted: 'Dr Mukesh Kapila' });
    await record('RecordEntryIntoEffect', {});
    expect(await mouAs('mou-1')).toMatchObject({ status: 'inEffect', signedOn: '2014', effect: { on: '2014', byRule: 'assumed-on-signature' } });
    expect((await platform.views.reader(new Set(['public'])).search('Memorandum')).map((hit) => hit.id)).toEqual(['mou-1']);
    // Long after: one withdraws, and the rules say what follows.
    await record('GiveMouNotice', { groupId: UK, effectiveOn: '2020-01-01' });
    await until('mou-1', 'terminated');
    expect(await mouAs('mou-1')).toMatchObject({ ended: { on: '2020-01-01', reason: 'fewer-than-two' } });
  });
});
