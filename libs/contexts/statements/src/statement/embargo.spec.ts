import { audienceOf as readers } from '#kernel';
import { NOW, sha256, specify } from '#kernel/testing';
import { actors, frozen, frozenText, happened, later, opened, past, seal, serving, signed } from './fixtures.contract.js';
import { statement } from './statement.js';

const given = specify(statement, { actor: actors.secretariat, evidence: serving });
const { chair, system } = actors;
const text = frozenText(sha256);
const list = { groups: ['g-press'], persons: ['p-editor'] };
const set = happened('EmbargoSet', { until: later, list, digest: text.digest });
const AT = later.instant;
const embargoed = [...opened(sha256, 'open-letter', { signatories: 1 }), signed(sha256, 'p1'), set];

describe('an embargo', () => {
  it('STM-8 commits to the text by its digest, until an instant, for a list of readers', () => {
    const ready = [...opened(sha256, 'open-letter', { signatories: 1 }), signed(sha256, 'p1')];
    given(...ready).when('PlaceUnderEmbargo', { until: later, list: { groups: ['g-press', 'g-press'], persons: ['p-editor'] } }).yields(set);
    given(...ready).when('PlaceUnderEmbargo', { until: past, list }).refuses('statement.deadline-past', 'G7');
    given(...ready).when('PlaceUnderEmbargo', { until: later, list }, { actor: chair }).refuses('not-permitted');
    given(...frozen(sha256)).when('PlaceUnderEmbargo', { until: later, list }).refuses('illegal-transition');
  });
  it('STM-8 is placed only on what could be released: sealed, with its thresholds reached', () => {
    given(...opened(sha256, 'open-letter', { signatories: 2 }), signed(sha256, 'p1')).when('PlaceUnderEmbargo', { until: later, list }).refuses('statement.too-few-signatories', 'STM-7');
    const adopted = [...frozen(sha256, 'network-statement'), happened('StatementSubmittedForDecision', { decisionId: 'd1', procedure: 'ballot' }), happened('StatementAdopted', { decisionId: 'd1', revision: 2, digest: text.digest })];
    given(...adopted).when('PlaceUnderEmbargo', { until: later, list }).refuses('statement.not-sealed', 'STM-12');
    given(...adopted, seal(sha256)).when('PlaceUnderEmbargo', { until: later, list }).yieldsTypes('EmbargoSet');
  });
  it('STM-8 narrows whatever happens from now on to those whose text it is and the list', () => {
    const { state } = given(...embargoed).when('AdmitToEmbargo', { to: { groups: [], persons: [] }, purpose: 'nothing' });
    expect(readers(statement.label(state, set))).toEqual(['secretariat', 'auditor', 'group:g-p', 'group:g-q', 'group:g-press', 'person:p-editor', 'person:p1']);
    const released = given(...embargoed).when('Publish', {}, { actor: system, now: AT });
    expect(statement.label(released.state, set)).toEqual({ tlp: 'CLEAR' });
  });
  it('STM-8 admits further readers, each once, for a purpose', () => {
    const to = { groups: ['g-b'], persons: ['p-editor', 'p-b'] };
    const admitted = given(...embargoed).when('AdmitToEmbargo', { to, purpose: 'briefing' });
    admitted.yields(happened('EmbargoAccessGranted', { to: { groups: ['g-b'], persons: ['p-b'] }, purpose: 'briefing' }));
    given(...embargoed, ...(admitted.outcome as [])).when('AdmitToEmbargo', { to, purpose: 'briefing' }).changesNothing();
    given(...opened(sha256)).when('AdmitToEmbargo', { to, purpose: 'briefing' }).refuses('illegal-transition');
  });
  it('STM-8 holds to the instant, then the system releases it', () => {
    given(...embargoed).when('Publish', {}, { now: '2026-12-01T11:59:59.999Z' }).refuses('statement.embargo-holds', 'STM-8');
    given(...embargoed).when('Publish', {}, { actor: system, now: AT }).yieldsTypes('StatementPublished');
    expect(given(...embargoed).when('Publish', {}, { actor: system, now: AT }).outcome).toMatchObject([{ data: { committed: text.digest } }]);
  });
  it('STM-8 what has fallen below its thresholds is not released, in no part', () => {
    const gone = happened('SignatureWithdrawn', { personId: 'p1', at: NOW, beforePublication: true });
    const refused = given(...embargoed, gone).when('Publish', {}, { actor: system, now: AT });
    refused.refuses('statement.too-few-signatories', 'STM-7');
    expect(refused.state.status).toBe('embargoed');
  });
  it('STM-8 is lifted by a breach, which is recorded once', () => {
    const breached = happened('EmbargoBreached', { how: 'A newspaper printed it.', at: NOW });
    given(...embargoed).when('RecordEmbargoBreach', { how: 'A newspaper printed it.' }).yields(breached);
    given(...embargoed, breached).when('RecordEmbargoBreach', { how: 'And another.' }).changesNothing();
    given(...embargoed, breached).when('Publish').yieldsTypes('StatementPublished');
    given(...embargoed, breached).when('ChangeEmbargo', { until: { ...later, instant: '2026-12-05T12:00:00Z' } }).refuses('statement.embargo-lifted', 'STM-8');
    given(...opened(sha256)).when('RecordEmbargoBreach', { how: 'x' }).refuses('illegal-transition');
  });
  it('STM-8 ends at another instant, ahead of now, for the same text', () => {
    const until = { ...later, instant: '2026-12-05T12:00:00Z' };
    const changed = given(...embargoed).when('ChangeEmbargo', { until });
    changed.yields(happened('EmbargoChanged', { until, digest: text.digest }));
    given(...embargoed, ...(changed.outcome as [])).when('ChangeEmbargo', { until }).changesNothing();
    given(...embargoed, ...(changed.outcome as [])).when('Publish', {}, { actor: system, now: AT }).refuses('statement.embargo-holds');
    given(...embargoed).when('ChangeEmbargo', { until: past }).refuses('statement.deadline-past', 'G7');
  });
});
