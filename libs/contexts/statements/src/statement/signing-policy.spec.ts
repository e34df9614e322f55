import { NOW, sha256, specify } from '#kernel/testing';
import type { Actor } from '#kernel';
import { actors, frozenText, happened, later, none, opened, past, sealed, serving, snapshot } from './fixtures.contract.js';
import { orderObstacles, partiesOf, stageFor, stagesOf, turnProblem } from './signing-policy.js';
import type { SigningPolicy } from './signing-schemas.js';
import { statement } from './statement.js';

const given = specify(statement, { actor: actors.member, evidence: serving });
const { chair, chairQ, member, memberQ, secretariat } = actors;
const text = frozenText(sha256);
const sign = { digest: text.digest, languageSeen: 'en' };
const signedBy = (personId: string, groupId: string, over: object = {}) =>
  happened('StatementSigned', { personId, groupId, capacity: 'individual', snapshot, digest: text.digest, languageSeen: 'en', at: NOW, method: 'account', ...over });
const under = (policy: SigningPolicy) => [...sealed(sha256), happened('StatementOpenedForSignature', { from: NOW, closesAt: later, thresholds: none, eligibility: 'network', policy })];
const stages: SigningPolicy = {
  order: 'stages',
  stages: [{ title: { en: 'Co-chairs' }, groups: [], persons: ['p-chair', 'p-chair-q'] }, { groups: ['g-q'], persons: ['p-member'], need: 1 }, { groups: ['g-p'], persons: [] }],
};

describe('opening under a policy', () => {
  const open = (policy: SigningPolicy) => given(...sealed(sha256)).when('OpenSignature', { closesAt: later, policy }, { actor: secretariat });
  it('STM-7 records the policy as it was set', () => {
    open(stages).yieldsTypes('StatementOpenedForSignature');
    expect(open(stages).outcome).toMatchObject([{ data: { policy: stages } }]);
  });
  it('STM-6 asks of nobody what those named cannot do', () => {
    open({ order: 'stages' }).refuses('statement.stage-names-nobody', 'STM-6');
    open({ order: 'stages', stages: [{ groups: [], persons: [] }] }).refuses('statement.stage-names-nobody', 'STM-6');
    open({ order: 'stages', stages: [{ groups: ['g-p'], persons: ['p1'], need: 3 }] }).refuses('statement.more-needed-than-named', 'STM-6');
    open({ order: 'k-of-m', persons: ['p1', 'p1', 'p2'], need: 3 }).refuses('statement.more-needed-than-named', 'STM-6');
    open({ order: 'k-of-m' }).refuses('statement.more-needed-than-named', 'STM-6');
  });
  it('STM-7 keeps no names private where an order would tell them, and no deadline in the past', () => {
    open({ ...stages, privateUntil: { signatories: 3 } }).refuses('statement.private-in-order', 'STM-7');
    open({ order: 'all-at-once', addUntil: past }).refuses('statement.deadline-past', 'G7');
    open({ order: 'all-at-once', withdrawUntil: past }).refuses('statement.deadline-past', 'G7');
  });
});

describe('order by stages', () => {
  const attempt = (past: Parameters<typeof given>, actor: Actor) => given(...past).when('SignStatement', sign, { actor });
  it('STM-6 order and group rules cannot be skipped by a copied link', () => {
    const first = under(stages);
    const early = attempt(first, memberQ);
    early.refuses('statement.not-your-turn', 'STM-6');
    expect(early.outcome).toMatchObject({ params: { stage: 1, own: 2, missing: 2, waitingFor: 'p-chair, p-chair-q' } });
    attempt(first, { ...member, personId: 'p-stranger', onBehalfOf: 'g-z' }).refuses('statement.not-asked', 'STM-6');
    // The same person in another group does not count for the one that is asked.
    const second = [...first, signedBy('p-chair', 'g-p'), signedBy('p-chair-q', 'g-q')];
    attempt(second, { ...memberQ, onBehalfOf: 'g-z' }).refuses('statement.not-asked', 'STM-6');
  });
  it('STM-6 a stage opens when the one before it is complete, and stays open for the rest of those it names', () => {
    const first = [...under(stages), signedBy('p-chair', 'g-z')];
    expect(attempt(first, memberQ).outcome).toMatchObject({ params: { stage: 1, missing: 1, waitingFor: 'p-chair-q' } });
    const second = [...first, signedBy('p-chair-q', 'g-z')];
    expect(attempt(second, memberQ).outcome).toMatchObject([{ data: { personId: 'p-member-q', stage: 2 } }]);
    expect(attempt(second, { ...memberQ, personId: 'p-x', onBehalfOf: 'g-p' }).outcome).toMatchObject({ params: { stage: 2, own: 3, missing: 1 } });
    const third = [...second, signedBy('p-member-q', 'g-q')];
    expect(attempt(third, { ...memberQ, personId: 'p-x', onBehalfOf: 'g-p' }).outcome).toMatchObject([{ data: { stage: 3 } }]);
    expect(attempt(third, member).outcome).toMatchObject([{ data: { stage: 2 } }]);
  });
  it('STM-6 a withdrawal closes what it had opened, and leaves the later signatures as they are', () => {
    const past = [...under(stages), signedBy('p-chair', 'g-z'), signedBy('p-chair-q', 'g-z'), signedBy('p-member-q', 'g-q'), happened('SignatureWithdrawn', { personId: 'p-chair', at: NOW, beforePublication: true })];
    expect(attempt(past, member).outcome).toMatchObject({ refused: 'statement.not-your-turn', params: { stage: 1, missing: 1 } });
    expect(given(...past).when('Publish', {}, { actor: secretariat }).outcome).toMatchObject({ unmet: [{ refused: 'statement.stage-incomplete', params: { stage: 1, have: 1, need: 2 } }, { params: { stage: 3 } }] });
  });
  it('STM-6 holds for the endorsement of a group that a stage names', () => {
    const endorse = { authorisationId: 'a1', digest: text.digest };
    given(...under(stages)).when('EndorseAsGroup', endorse, { actor: chair }).refuses('statement.not-your-turn', 'STM-6');
    const third = [...under(stages), signedBy('p-chair', 'g-z'), signedBy('p-chair-q', 'g-z'), happened('GroupEndorsed', { groupId: 'g-q', digest: text.digest })];
    given(...third).when('EndorseAsGroup', endorse, { actor: chair }).yieldsTypes('GroupEndorsed');
    given(...under({ order: 'stages', stages: [{ groups: ['g-q'], persons: [] }] })).when('EndorseAsGroup', endorse, { actor: chair }).refuses('statement.not-asked', 'STM-6');
    given(...under({ order: 'k-of-m', persons: ['p1'] })).when('EndorseAsGroup', endorse, { actor: chair }).yieldsTypes('GroupEndorsed');
  });
});

describe('k of m', () => {
  const two: SigningPolicy = { order: 'k-of-m', persons: ['p-chair', 'p-chair-q', 'p-member'], need: 2 };
  it('STM-6 k of m names the real person', () => {
    const signing = given(...under(two)).when('SignStatement', sign, { actor: chairQ });
    expect(signing.outcome).toMatchObject([{ data: { personId: 'p-chair-q', groupId: 'g-q', snapshot: { name: 'A. Member' } } }]);
    given(...under(two)).when('SignStatement', sign, { actor: memberQ }).refuses('statement.not-asked', 'STM-6');
    given(...under(two)).when('SignStatement', { ...sign, personId: 'p-chair' }, { actor: chairQ }).refuses('statement.not-for-others', 'G2');
  });
  it('STM-6 is k of them, and publication waits for them', () => {
    const one = [...under(two), signedBy('p-chair', 'g-p')];
    given(...one).when('Publish', {}, { actor: secretariat }).refuses('statement.too-few-of-those-named', 'STM-7');
    const both = [...one, signedBy('p-chair-q', 'g-q')];
    given(...both).when('SignStatement', sign).refuses('statement.enough-signed', 'STM-6');
    given(...both).when('SignStatement', sign, { actor: chair }).changesNothing();
    given(...both).when('Publish', {}, { actor: secretariat }).yieldsTypes('StatementPublished');
  });
});

describe('adding until', () => {
  it('STM-9 may end before the list closes, or lie after publication', () => {
    given(...under({ order: 'all-at-once', addUntil: past })).when('SignStatement', sign).refuses('statement.signature-closed', 'STM-9');
    const published = happened('StatementPublished', { at: NOW, revision: 2, digests: text.digests, languages: [{ tag: 'en', status: 'authentic' }], signatoryCount: 0, parliamentCount: 0, crossParty: [] });
    given(...under({ order: 'all-at-once', addUntil: later }), published).when('SignStatement', sign).yieldsTypes('StatementSigned');
    given(...opened(sha256)).when('SignStatement', sign).yieldsTypes('StatementSigned');
  });
});

describe('the policy in itself', () => {
  it('is nothing where nothing was said', () => {
    const nothing = { signatures: [], endorsements: [] };
    expect([turnProblem(null, {}, nothing), stageFor({ order: 'all-at-once' }, {})]).toEqual([undefined, undefined]);
    expect([orderObstacles(null, false, nothing), orderObstacles({ order: 'all-at-once' }, false, nothing), stagesOf({ order: 'stages' }, nothing)]).toEqual([[], [], []]);
  });
  it('counts a party within its parliament', () => {
    const green = (parliament: string, party?: string) => ({ name: 'x', side: 'unknown' as const, parliament, ...(party ? { party } : {}) });
    expect(partiesOf([green('XA', 'Green'), green('XA', 'Green'), green('XB', 'Green'), green('XB')])).toEqual(['XA Green', 'XB Green']);
  });
});
