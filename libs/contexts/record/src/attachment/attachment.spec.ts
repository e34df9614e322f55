import type { Actor } from '#kernel';
import { specify } from '#kernel/testing';
import { attachment, type AttachmentEvidence } from './attachment.js';
import type { AttachmentEvent } from './events.js';

const member: Actor = { personId: 'p-mem', capacity: 'member', onBehalfOf: 'g-1' };
const staff: Actor = { personId: 'p-staff', capacity: 'group-secretariat', onBehalfOf: 'g-1' };
const secretary: Actor = { personId: 'p-sec', capacity: 'network-secretariat' };
const auditor: Actor = { personId: 'p-aud', capacity: 'auditor' };
const label = { tlp: 'AMBER' as const, groups: ['g-1'] };
const readable: AttachmentEvidence = { label };
const hidden: AttachmentEvidence = { label: null };
const file = {
  attachmentId: 'a1', subject: { collection: 'statements' as const, id: 's1' }, name: 'letter.pdf', mediaType: 'application/pdf', size: 1200,
  digest: 'a'.repeat(64), originalDigest: 'b'.repeat(64), stripped: ['properties' as const],
};
const attached: AttachmentEvent = { type: 'FileAttached', data: { ...file, by: 'p-mem', label } };
const withdrawn = (by: string): AttachmentEvent => ({ type: 'AttachmentWithdrawn', data: { by, reason: 'The wrong page.' } });
const given = specify(attachment, { actor: member, evidence: readable });

describe('a file', () => {
  it('ATT-1 is attached by who may read the thing, and takes over its label', () => {
    given().when('AttachFile', file).yields(attached);
    const { state } = given().when('AttachFile', file);
    expect(attachment.label(state, attached)).toEqual(label);
    given().when('AttachFile', file, { actor: staff }).yieldsTypes('FileAttached');
    given().when('AttachFile', file, { actor: secretary }).yieldsTypes('FileAttached');
    given().when('AttachFile', file, { actor: auditor }).refuses('not-permitted');
    given().when('AttachFile', file, { evidence: hidden }).refuses('attachment.unknown-subject', 'ATT-1');
  });
  it('ATT-1 of an import that knows nothing of the thing is read by the secretariat alone', () => {
    const { state } = given().when('AttachFile', file, { actor: secretary, mode: 'import', evidence: hidden });
    given().when('AttachFile', file, { actor: secretary, mode: 'import', evidence: hidden }).yields({ type: 'FileAttached', data: { ...file, by: 'p-sec', label: { tlp: 'AMBER', groups: [] } } });
    expect(attachment.label(state, attached)).toEqual({ tlp: 'AMBER', groups: [] });
  });
  it('is called by a name without folders', () => {
    const input = attachment.commands['AttachFile']!.input;
    for (const name of ['../a.pdf', 'a\\b.pdf', '']) expect(input.safeParse({ ...file, name }).success).toBe(false);
    expect(input.safeParse({ ...file, name: 'Déclaration – signée.pdf' }).success).toBe(true);
  });
  it('ATT-2 is withdrawn with a reason by who attached it or the secretariat, once, and stays', () => {
    given(attached).when('WithdrawAttachment', { reason: 'The wrong page.' }).yields(withdrawn('p-mem'));
    given(attached).when('WithdrawAttachment', { reason: 'The wrong page.' }, { actor: secretary }).yields(withdrawn('p-sec'));
    given(attached).when('WithdrawAttachment', { reason: 'No.' }, { actor: staff }).refuses('not-permitted');
    given(attached).when('WithdrawAttachment', { reason: 'No.' }, { evidence: hidden }).refuses('attachment.unknown-subject', 'ATT-1');
    given(attached, withdrawn('p-mem')).when('WithdrawAttachment', { reason: 'Again.' }).refuses('illegal-transition');
    given(attached).when('AttachFile', file).refuses('illegal-transition');
  });
});
