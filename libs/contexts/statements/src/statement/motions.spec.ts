import { idOf, NOW, sha256, specify } from '#kernel/testing';
import { actors, drafting, frozenText, happened, later, none, sealed, serving, snapshot } from './fixtures.contract.js';
import type { StatementEvidence } from './rules.js';
import { statement } from './statement.js';

const given = specify(statement, { actor: actors.member, evidence: serving });
const { chair, member, memberQ, secretariat, system } = actors;
const text = frozenText(sha256);
const title = { en: 'On early warning', fr: 'Sur l’alerte rapide' };
const gb = { profileId: 'gb-commons-edm', version: '2' };
const written = { chamber: 'GB-LC01', lang: 'en', title: 'Early warning', text: 'That this House notes the warning signs; and calls on the Government to act.' };
const variant = happened('MotionVariantSet', { ...written, profile: gb });
const longer = `That this House ${Array.from({ length: 260 }, (_, i) => `word${i}`).join(' ')}.`;
const opening = happened('StatementOpenedForSignature', { from: NOW, closesAt: later, thresholds: none, eligibility: 'network' });
const motion = [...sealed(sha256, 'harmonised-motion'), variant, opening];
const inHouse: StatementEvidence = { ...serving, candidate: { ...serving.candidate!, ministersMaySign: false, removedOnOffice: true, profile: gb, snapshot: { ...snapshot, chamber: 'GB-LC01', parliament: 'GB' } } };
const signedBy = (personId: string) =>
  happened('StatementSigned', { personId, groupId: 'g-p', capacity: 'individual', snapshot: inHouse.candidate!.snapshot!, digest: text.digest, languageSeen: 'en', at: NOW, method: 'account' });
const table = { chamber: 'GB-LC01', amendmentId: 'ma1', text: 'leave out from "act" to the end and insert "act at once".' };
const tabled = happened('MotionAmendmentTabled', { ...table, words: 12, personId: 'p-member-q', groupId: 'g-q', at: NOW });
const leaves = (personId: string, told: string[]) =>
  happened('SignatureWithdrawn', { personId, at: NOW, beforePublication: true, reason: 'signed-amendment', signedAt: NOW, told, title });

describe('the variant of a chamber', () => {
  const draft = drafting('harmonised-motion');
  it('STM-1 is set by the pen under the profile of the chamber, once', () => {
    given(...draft).when('SetMotionVariant', written, { actor: actors.pen }).yields(variant);
    given(...draft, variant).when('SetMotionVariant', written, { actor: chair }).changesNothing();
    given(...draft).when('SetMotionVariant', written, { actor: memberQ }).refuses('not-permitted');
    given(...drafting()).when('SetMotionVariant', written, { actor: chair }).refuses('statement.not-a-motion', 'STM-1');
    given(...draft).when('SetMotionVariant', { ...written, chamber: 'XA-LC01' }, { actor: chair }).refuses('statement.no-profile', 'SCR-1');
  });
  it('keeps to the form of the chamber before names are put to it; each rule that it breaks is told with its figures', () => {
    const open = (...variants: (typeof variant)[]) => given(...sealed(sha256, 'harmonised-motion'), ...variants).when('OpenSignature', {}, { actor: secretariat });
    open(variant).yieldsTypes('StatementOpenedForSignature');
    const refused = open({ ...variant, data: { ...variant.data, text: longer } } as typeof variant);
    refused.refuses('statement.motion-form', 'SCR-1');
    expect(refused.outcome).toMatchObject({ params: { chamber: 'GB-LC01', profile: 'gb-commons-edm 2', rule: 'words', have: 263, need: 250 } });
    // What another chamber asks is asked of its own variant.
    open(variant, happened('MotionVariantSet', { ...written, chamber: 'CA-LC01', lang: 'fr', text: 'La Chambre constate.', profile: { profileId: 'ca-commons-motion', version: '1' } })).refuses('statement.motion-form');
  });
});

describe('amendments to a motion', () => {
  const givenIn = (...past: Parameters<typeof given>) => ({ when: (command: string, input: object, actor: typeof member | typeof memberQ = member) => given(...past).when(command, input, { actor, evidence: inHouse }) });
  it('STM-6 signing an amendment to a GB motion withdraws the name from the motion', () => {
    const past = [...motion, signedBy('p-member'), signedBy('p2'), tabled];
    const signing = givenIn(...past).when('SignMotionAmendment', { amendmentId: 'ma1' });
    signing.yields(happened('MotionAmendmentSigned', { amendmentId: 'ma1', personId: 'p-member', groupId: 'g-p', at: NOW }), leaves('p-member', ['p2']));
    expect(signing.state.signatures.map((s) => s.personId)).toEqual(['p2']);
    givenIn(...past, ...(signing.outcome as [])).when('SignMotionAmendment', { amendmentId: 'ma1' }).changesNothing();
    // And the other way: who stands under an amendment does not sign the motion.
    given(...past, ...(signing.outcome as [])).when('SignStatement', { digest: text.digest, languageSeen: 'en' }, { evidence: inHouse }).refuses('statement.signed-an-amendment', 'SCR-1');
  });
  it('STM-6 tabling one does so too', () => {
    const tabling = givenIn(...motion, signedBy('p-member')).when('TableMotionAmendment', { chamber: 'GB-LC01', text: table.text });
    tabling.yieldsTypes('MotionAmendmentTabled', 'SignatureWithdrawn');
    expect(tabling.outcome).toMatchObject([{ data: { amendmentId: idOf(0), personId: 'p-member' } }, leaves('p-member', [])]);
    givenIn(...motion).when('TableMotionAmendment', table).yieldsTypes('MotionAmendmentTabled');
  });
  it('STM-6 is for members of that chamber, and elsewhere the name stays on the motion', () => {
    given(...motion).when('TableMotionAmendment', table).refuses('statement.other-chamber', 'STM-6');
    given(...motion, tabled).when('SignMotionAmendment', { amendmentId: 'ma1' }).refuses('statement.other-chamber', 'STM-6');
    given(...motion).when('TableMotionAmendment', table, { actor: system }).refuses('not-permitted');
    const ca = { ...inHouse, candidate: { ...inHouse.candidate!, snapshot: { ...snapshot, chamber: 'CA-LC01', parliament: 'CA' } } };
    const canadian = happened('MotionVariantSet', { chamber: 'CA-LC01', lang: 'en', title: 'x', text: 'That the House note it.', profile: { profileId: 'ca-commons-motion', version: '1' } });
    given(...sealed(sha256, 'harmonised-motion'), canadian, opening, signedBy('p-member')).when('TableMotionAmendment', { ...table, chamber: 'CA-LC01' }, { evidence: ca }).yieldsTypes('MotionAmendmentTabled');
  });
  it('has a variant to stand on, its words count with those of the others, and its id stands once', () => {
    givenIn(...sealed(sha256, 'harmonised-motion'), opening).when('TableMotionAmendment', table).refuses('statement.no-variant', 'SCR-1');
    const long = givenIn(...motion, tabled).when('TableMotionAmendment', { ...table, amendmentId: 'ma2', text: Array.from({ length: 239 }, () => 'word').join(' ') });
    long.refuses('statement.motion-amendments-too-long', 'SCR-1');
    expect(long.outcome).toMatchObject({ params: { have: 251, need: 250 } });
    givenIn(...motion, tabled).when('TableMotionAmendment', table).refuses('statement.motion-amendment-exists', 'SCR-1');
    givenIn(...motion).when('SignMotionAmendment', { amendmentId: 'ma9' }).refuses('statement.unknown-motion-amendment', 'SCR-1');
  });
});
