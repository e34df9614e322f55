import { agreements } from '#contexts/agreements';
import { directory } from '#contexts/directory';
import { drafting } from '#contexts/drafting';
import { governance } from '#contexts/governance';
import { type Actor, isRefusal, type Refusal } from '#kernel';
import { openPlatform, type Platform } from '#platform/runtime';
import { pino } from 'pino';
import { one, two } from './statement/fixtures.contract.js';
import { statements } from './statements.context.js';
import type { StatementDoc } from './views/statement-doc.js';

const secretariat: Actor = { personId: 'p-sec', capacity: 'network-secretariat', onBehalfOf: 'net' };
const system: Actor = { personId: 'system', capacity: 'system', rule: 'test' };
const chair: Actor = { personId: 'p1', capacity: 'chair', onBehalfOf: 'g1' };
const member: Actor = { personId: 'p2', capacity: 'member', onBehalfOf: 'g1' };
const until = { instant: '2027-01-01T00:00:00Z', wallTime: '2027-01-01T00:00', timezone: 'Europe/London' };
const NOW = '2026-11-23T09:00:00Z';
let clock = NOW;
let platform: Platform;
let count = 0;

async function attempt(actor: Actor, aggregate: string, id: string, command: string, input: object = {}): Promise<Refusal | undefined> {
  const commandId = `00000000-0000-7000-8000-${String(++count).padStart(12, '0')}`;
  const outcome = await platform.executor.execute({ aggregate, id, command, input, actor, mode: 'exercise', commandId });
  if (isRefusal(outcome)) return outcome;
  await platform.runner.waitFor(outcome.position);
  return undefined;
}
async function give(...act: Parameters<typeof attempt>) {
  const refusal = await attempt(...act);
  if (refusal) throw new Error(`${act[3]}: ${JSON.stringify(refusal)}`);
}
const page = async () => (await platform.views.reader(null).row<StatementDoc>('statements', 's1'))!.doc;
async function reached(status: string) {
  for (let i = 0; i < 100 && (await page()).status !== status; i++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await page()).status).toBe(status);
}

async function parliament() {
  const names = { en: 'Exland' };
  await give(secretariat, 'Parliament', 'XA', 'RegisterParliament', {
    parliamentId: 'XA', iso3166: 'XA', names, m49Region: '150', structure: 'unicameral', seatTimezone: 'Europe/London', workingLanguages: ['en'],
  });
  await give(secretariat, 'Parliament', 'XA', 'RegisterChamber', { chamberCode: 'XA-LC01', kind: 'unicameral', names, memberTitle: names });
  await give(secretariat, 'Group', 'g1', 'ImportFoundedGroup', {
    groupId: 'g1', parliamentId: 'XA', names, purpose: names, foundedOn: '2005', recognition: 'informal', sources: [],
  });
  for (const [id, side] of [['p1', 'government'], ['p2', 'opposition']] as const) {
    await give(secretariat, 'Person', id, 'RecordPerson', { personId: id, names: [{ full: id, script: 'Latn', lang: 'en' }], kind: 'parliamentarian', sources: [] });
    await give(secretariat, 'Person', id, 'BeginMandate', { mandateId: `m-${id}`, chamberCode: 'XA-LC01', seat: 'list', title: 'MP', startedOn: '2020' });
    await give(secretariat, 'Person', id, 'ChangePartyAffiliation', { chamberCode: 'XA-LC01', party: { ref: 'x', name: 'X' }, side, from: '2020' });
  }
  await give(secretariat, 'Network', 'net', 'LaunchInitiative', { networkId: 'net', names, aims: names, launchedOn: '2014', sources: [] });
  await give(system, 'Membership', 'mem1', 'ActivateMembership', { membershipId: 'mem1', groupId: 'g1', networkId: 'net', category: 'full', since: '2015' });
}
async function frozen(kind: string) {
  const subject = { en: 'On early warning' };
  const proposal = { statementId: 's1', kind, subject, leadLanguage: 'en', authenticLanguages: ['en'], urgency: 'ordinary' };
  await give(chair, 'Statement', 's1', 'ProposeStatement', proposal);
  await give(chair, 'Statement', 's1', 'StartDrafting');
  await give(chair, 'Statement', 's1', 'AddClause', { section: 'preambular', text: { en: one.en }, verb: 'recalling' });
  await give(chair, 'Statement', 's1', 'AddClause', { section: 'operative', text: { en: two.en }, verb: 'urges' });
  await give(chair, 'Statement', 's1', 'CirculateDraft', { commentsDue: until });
  for (const { id } of (await page()).clauses) await give(chair, 'Statement', 's1', 'MarkClauseAgreed', { clauseId: id, mode: 'agreed' });
  await give(chair, 'Statement', 's1', 'FreezeText');
}

beforeEach(async () => {
  const log = pino({ level: 'silent' });
  platform = await openPlatform({ folder: ':memory:', contexts: [directory, governance, agreements, statements, drafting], log, now: () => clock });
  await parliament();
});
afterEach(() => platform.close());

describe('statements on the platform', () => {
  it('brings an open letter to publication with the mark that its signatures earn', async () => {
    await frozen('open-letter');
    await give(secretariat, 'Statement', 's1', 'OpenSignature', { closesAt: until, thresholds: { signatories: 2, parliaments: 1, crossParty: true } });
    const { digest } = (await page()).frozen!;
    await give(chair, 'Statement', 's1', 'SignStatement', { digest, languageSeen: 'en' });
    expect(await attempt(secretariat, 'Statement', 's1', 'Publish')).toMatchObject({ refused: 'several-conditions' });
    await give(member, 'Statement', 's1', 'SignStatement', { digest, languageSeen: 'en' });
    await give(secretariat, 'Statement', 's1', 'Publish');
    expect(await page()).toMatchObject({ status: 'published', mark: true, attribution: { counts: { parliamentarians: 2, parliaments: 1 } } });
    expect(await attempt({ ...member, personId: 'p9' }, 'Statement', 's1', 'SignStatement', { digest, languageSeen: 'en' })).toMatchObject({ refused: 'statement.not-serving' });
  });

  it('is adopted by the network’s decision on exactly its text, or sent back by it', async () => {
    await frozen('network-statement');
    const decide = async (id: string, option: 'yes' | 'no') => {
      await give(chair, 'Statement', 's1', 'SubmitForDecision', { procedure: 'ballot' });
      const { frozen: text, subject } = await page();
      await give(secretariat, 'DecisionProcedure', id, 'OpenBallot', {
        subject: { type: 'statement', id: 's1', revision: text!.revision, digest: text!.digest, title: subject }, rule: 'simple', secret: false, closesAt: until.instant, quorum: 1,
      });
      await give(chair, 'DecisionProcedure', id, 'CastVote', { option });
      clock = '2027-01-02T00:00:00Z';
      await attempt(secretariat, 'DecisionProcedure', id, option === 'yes' ? 'CloseBallotAdopted' : 'CloseBallotRejected');
      clock = NOW;
    };
    await decide('d1', 'no');
    await reached('negotiating');
    expect((await page()).decision).toMatchObject({ id: 'd1', outcome: 'rejected' });
    await give(chair, 'Statement', 's1', 'FreezeText');
    await decide('d2', 'yes');
    await reached('adopted');
    expect((await page()).decision).toMatchObject({ id: 'd2', outcome: 'adopted' });
    await give(secretariat, 'Statement', 's1', 'Publish');
  });

  it('is sent back when silence is broken', async () => {
    await frozen('network-statement');
    await give(chair, 'Statement', 's1', 'SubmitForDecision', { procedure: 'silence' });
    const { frozen: text, subject } = await page();
    await give(secretariat, 'DecisionProcedure', 'd1', 'OpenSilenceProcedure', {
      subject: { type: 'statement', id: 's1', revision: text!.revision, digest: text!.digest, title: subject }, deadline: until, urgency: 'ordinary',
    });
    await give(chair, 'DecisionProcedure', 'd1', 'BreakSilence', { reason: 'OP1 goes too far.' });
    await reached('negotiating');
    expect((await page()).decision).toMatchObject({ outcome: 'silence-broken' });
  });
});
