import { audienceOf, evolve, type EventMeta, fold, type RecordedEvent, type Row } from '#kernel';
import { NOW, sha256 } from '#kernel/testing';
import type { StatementEvent } from '../statement/events.js';
import { frozenText, happened, later, none, sealed, snapshot } from '../statement/fixtures.contract.js';
import type { SigningPolicy } from '../statement/signing-schemas.js';
import { statement } from '../statement/statement.js';
import { notices, type NoticeDoc } from './notices.view.js';
import { pledges, type PledgeDoc } from './pledges.view.js';
import type { StatementDoc } from './statement-doc.js';
import { statements } from './statements.view.js';

const text = frozenText(sha256);
const title = { en: 'On early warning', fr: 'Sur l’alerte rapide' };
const under = (policy: SigningPolicy) => [...sealed(sha256), happened('StatementOpenedForSignature', { from: NOW, closesAt: later, thresholds: none, eligibility: 'network', policy })];
const secretly = under({ order: 'all-at-once', privateUntil: { signatories: 2 } });
const signedBy = (personId: string, over: object = {}) =>
  happened('StatementSigned', { personId, groupId: 'g-p', capacity: 'individual', snapshot: { ...snapshot, name: personId }, digest: text.digest, languageSeen: 'en', at: NOW, method: 'account', ...over });

function recorded(events: readonly StatementEvent[]): RecordedEvent[] {
  let state = statement.initial;
  return events.map((event, i) => {
    state = evolve(statement, state, event);
    const meta: EventMeta = { recordedAt: NOW, actor: { personId: 'p-pen', capacity: 'member' }, mode: 'live', label: statement.label(state, event), commandId: 'c', correlationId: 'c' };
    return { ...event, id: `e${i}`, stream: 'statement-s1', category: 'statement', streamId: 's1', revision: i + 1, position: String(i + 1), meta };
  });
}
const page = (events: readonly StatementEvent[]) =>
  recorded(events).reduce<Row<StatementDoc> | null>((row, event) => (statements.key!(event) === undefined ? row : fold<StatementDoc>(statements, row, event)), null)!;
/** The rows of a view by key. */
function rows<D extends object>(view: typeof pledges | typeof notices, events: readonly StatementEvent[]): Map<string, Row<D>> {
  const found = new Map<string, Row<D>>();
  for (const event of recorded(events)) {
    const key = view.key!(event);
    if (key === undefined || view.on[event.type as 'StatementSigned'] === undefined) continue;
    const row = fold<D>(view, found.get(key) ?? null, event);
    if (row) found.set(key, row);
    else found.delete(key);
  }
  return found;
}

describe('signatures that are private until a threshold', () => {
  const pledged = signedBy('p-secret', { private: true });
  it('move nothing on the page: no name, no count, no revision, no time', () => {
    expect(page([...secretly, pledged])).toEqual(page(secretly));
    expect(page(secretly).doc.signing).toMatchObject({ order: 'all-at-once', private: { signatories: 2, parliaments: 0, parties: 0 } });
    expect(page([...secretly, pledged]).doc.next?.missing.map((m) => m.refused)).toEqual(['statement.signatures-private']);
    const left = happened('SignatureWithdrawn', { personId: 'p-secret', at: NOW, beforePublication: true, private: true });
    expect(page([...secretly, pledged, left])).toEqual(page(secretly));
  });
  it('are known to the signatory, the secretariat and the auditor alone, in the record and in the pledges', () => {
    const label = recorded([...secretly, pledged]).at(-1)!.meta.label;
    expect(audienceOf(label)).toEqual(['secretariat', 'auditor', 'person:p-secret']);
    const pledge = rows<PledgeDoc>(pledges, [...secretly, pledged]).get('s1_p-secret')!;
    expect(audienceOf(pledge.label)).toEqual(['secretariat', 'auditor', 'person:p-secret']);
    expect(pledge.doc).toMatchObject({ statementId: 's1', status: 'signed', private: true, signature: { at: NOW, snapshot: { name: 'p-secret' } } });
  });
  it('are all shown when it is reached, each with its own time; a withdrawal afterwards hides none again', () => {
    const [one, two] = ['p-a', 'p-b'].map((personId, i) => ({
      personId, groupId: 'g-p', capacity: 'individual' as const, snapshot: { ...snapshot, name: personId, side: i ? ('opposition' as const) : ('government' as const) }, languageSeen: 'en', at: `2026-11-2${i}T09:00:00Z`, method: 'account' as const,
    }));
    const events = [...secretly, signedBy('p-a', { private: true }), signedBy('p-b', { private: true }), happened('SignaturesRevealed', { signatories: [one!, two!] })];
    const { doc } = page(events);
    expect(doc.signatories.map((s) => [s.personId, s.at, s.later])).toEqual([['p-a', '2026-11-20T09:00:00Z', false], ['p-b', '2026-11-21T09:00:00Z', false]]);
    expect(doc).toMatchObject({ signing: { private: null }, mark: true, attribution: { counts: { parliamentarians: 2 } } });
    expect(statements.words!(doc)).toContain('p-a');
    const less = page([...events, happened('SignatureWithdrawn', { personId: 'p-a', at: NOW, beforePublication: true, told: ['p-b'], title })]).doc;
    expect(less).toMatchObject({ signatories: [{ personId: 'p-b' }], signing: { private: null } });
  });
});

describe('the order of signing on the page', () => {
  const stages: SigningPolicy = { order: 'stages', stages: [{ groups: [], persons: ['p-a', 'p-b'], need: 1 }, { title: { en: 'The groups' }, groups: ['g-q'], persons: [] }] };
  const duties = (events: readonly StatementEvent[]) => statements.duties!(page(events).doc).filter((d) => d.kind === 'statement-sign').map((d) => d.holder);
  it('shows the stages, which is open, and who is missing to it', () => {
    expect(page(under(stages)).doc.signing).toMatchObject({ stages: [{ stage: 1, have: 0, need: 1, open: true, complete: false, missing: { persons: ['p-a', 'p-b'] } }, { title: { en: 'The groups' }, open: false }] });
    expect(duties(under(stages))).toEqual(['person:p-a', 'person:p-b']);
    const next = [...under(stages), signedBy('p-a')];
    expect(page(next).doc.signing).toMatchObject({ stages: [{ complete: true }, { open: true, have: 0 }] });
    expect(duties(next)).toEqual(['member:g-q']);
  });
  it('k of m names the real person', () => {
    const named: SigningPolicy = { order: 'k-of-m', persons: ['p-a', 'p-b', 'p-c'], need: 1 };
    expect(duties(under(named))).toEqual(['person:p-a', 'person:p-b', 'person:p-c']);
    const doc = page([...under(named), signedBy('p-b')]).doc;
    expect(doc.signing).toMatchObject({ named: { need: 1, signed: ['p-b'] } });
    expect(doc.signatories).toMatchObject([{ personId: 'p-b', snapshot: { name: 'p-b' } }]);
    expect(duties([...under(named), signedBy('p-b')])).toEqual([]);
  });
});

describe('notices', () => {
  it('everyone who signed is told of a withdrawal or refusal, a removal, a retraction', () => {
    const acts = [
      happened('SignatureWithdrawn', { personId: 'p-a', at: NOW, beforePublication: true, reason: 'x', told: ['p-b', 'p-c'], title }),
      happened('SignatureDeclined', { personId: 'p-z', at: NOW, told: ['p-b', 'p-c'], title }),
      happened('SignatureRemoved', { personId: 'p-b', at: NOW, beforePublication: true, because: 'executive-office', told: ['p-c'], title }),
      happened('StatementRetracted', { decisionRef: 'd1', reason: { en: 'False.' }, told: ['p-c'], title }),
    ];
    const found = [...rows<NoticeDoc>(notices, [...under({ order: 'all-at-once' }), ...acts]).values()];
    expect(found.map(({ doc }) => [doc.kind, doc.about, doc.reason, doc.to])).toEqual([
      ['signature-withdrawn', 'p-a', 'x', ['p-b', 'p-c']], ['signature-declined', 'p-z', null, ['p-b', 'p-c']], ['signature-removed', 'p-b', 'executive-office', ['p-c']],
      ['retracted', null, { en: 'False.' }, ['p-c']],
    ]);
    expect(found[0]!.label).toEqual({ tlp: 'RED', persons: ['p-b', 'p-c'] });
  });
  it('is not there where nobody is to be told', () => {
    expect(rows(notices, [happened('SignatureWithdrawn', { personId: 'p-a', at: NOW, beforePublication: true, private: true })]).size).toBe(0);
  });
});

describe('a harmonised motion on the page', () => {
  it('shows each variant with the rules of its chamber, and the amendments with who stands under them', () => {
    const variant = { chamber: 'GB-LC01', lang: 'en', title: 'Early warning', text: 'The House notes.', profile: { profileId: 'gb-commons-edm', version: '2' } };
    const doc = page([
      ...under({ order: 'all-at-once' }), happened('MotionVariantSet', variant), happened('MotionAmendmentTabled', { amendmentId: 'ma1', chamber: 'GB-LC01', text: 'leave out', words: 2, personId: 'p-a', at: NOW }),
      happened('MotionAmendmentSigned', { amendmentId: 'ma1', personId: 'p-b', at: NOW }),
    ]).doc;
    expect(doc.variants[0]).toMatchObject({ ...variant, checks: [{ rule: 'title', ok: true }, { rule: 'opening', ok: false, need: 'That this House' }, { rule: 'sentences', ok: true }, { rule: 'words', ok: true, have: 3, need: 250 }] });
    expect(doc.motionAmendments).toMatchObject([{ id: 'ma1', by: 'p-a', signatories: [{ personId: 'p-a' }, { personId: 'p-b' }] }]);
  });
});
