import { type EventMeta, evolve, fold, type RecordedEvent, type Row, type View } from '#kernel';
import { sha256, specify } from '#kernel/testing';
import type { StatementEvent } from '../statement/events.js';
import { actors, frozen, frozenText, happened, later, negotiating, one, opened, proposal, sealed, serving, signed, two } from '../statement/fixtures.contract.js';
import { statement } from '../statement/statement.js';
import { type CommitmentDoc, commitments, type PublicationDoc, publications } from './publications.view.js';
import type { StatementDoc } from './statement-doc.js';
import { statements } from './statements.view.js';

const NOW = '2026-11-23T09:00:00Z';
const given = specify(statement, { actor: actors.secretariat, evidence: serving });
const text = frozenText(sha256);
const list = { groups: ['g-press'], persons: ['p-editor'] };

/** The rows of a view after these events, by key, and whether a row was ever removed. */
function read<D extends object>(view: View<D, StatementEvent>, events: readonly StatementEvent[], mode: EventMeta['mode'] = 'live'): Map<string, Row<D>> {
  const rows = new Map<string, Row<D>>();
  let state = statement.initial;
  events.forEach((event, i) => {
    state = evolve(statement, state, event);
    const meta: EventMeta = { recordedAt: NOW, actor: { personId: 'p-pen', capacity: 'member' }, mode, label: statement.label(state, event), commandId: 'c', correlationId: 'c' };
    const recorded: RecordedEvent = { ...event, id: `e${i}`, stream: 'statement-s1', category: 'statement', streamId: 's1', revision: i + 1, position: String(i + 1), meta };
    const key = view.key ? view.key(recorded) : 's1';
    if (key === undefined || view.on[event.type] === undefined) return;
    const row = fold<D>(view, rows.get(key) ?? null, recorded);
    if (row) rows.set(key, row);
    else rows.delete(key);
  });
  return rows;
}
const page = (events: readonly StatementEvent[]): Row<StatementDoc> => read(statements, events).get('s1')!;
const then = (events: readonly StatementEvent[], command: string, input: object = {}, around: object = {}): StatementEvent[] => {
  const { outcome } = given(...events).when(command, input, around);
  if (!Array.isArray(outcome)) throw new Error(`${command}: ${JSON.stringify(outcome)}`);
  return [...events, ...(outcome as StatementEvent[])];
};
const ready = [...opened(sha256), signed(sha256, 'p1')];
const embargoed = then(ready, 'PlaceUnderEmbargo', { until: later, list });
const released = then(embargoed, 'Publish', {}, { now: later.instant });
const correction = { correctionId: 'k1', clauseId: 'c2', lang: 'fr', wrong: 'gouvernements', corrected: 'Gouvernements', procesVerbalRef: 'PV 1' };
const corrected = then(released, 'EnterCorrection', correction, { actor: actors.system });

describe('the archive of what was published', () => {
  it('keeps each published state at its own address', () => {
    const rows = read<PublicationDoc>(publications, corrected);
    expect([...rows.keys()]).toEqual(['s1_r2', 's1_r2-c1']);
    expect(rows.get('s1_r2')).toMatchObject({ label: { tlp: 'CLEAR' }, doc: { digest: text.digest, title: proposal.subject, clauses: [{ label: 'PP1', text: one }, { label: 'OP1', text: two }] } });
    expect(rows.get('s1_r2-c1')?.doc.clauses[1]?.text['fr']).toContain('Gouvernements');
    expect(rows.get('s1_r2-c1')?.doc.digest).not.toBe(text.digest);
  });
  it('takes in the languages that are added to it', () => {
    const es = happened('LanguageVersionPublished', {
      lang: 'es', status: 'courtesy', digest: sha256('es'), texts: { c1: 'Uno,', c2: 'Dos;' }, title: 'Sobre', translationId: 's1-es', revision: 2, corrections: 0,
      languages: [{ tag: 'en', status: 'authentic' }, { tag: 'fr', status: 'authentic' }, { tag: 'es', status: 'courtesy' }], digests: text.digests, frozenDigest: text.digest,
    });
    const [doc] = [...read<PublicationDoc>(publications, [...released, es]).values()].map((row) => row.doc);
    expect(doc).toMatchObject({ languages: [{ tag: 'en' }, { tag: 'fr' }, { tag: 'es', status: 'courtesy' }], title: { es: 'Sobre' }, clauses: [{ text: { es: 'Uno,' } }, { text: { es: 'Dos;' } }] });
  });
  it('is without what is corrected before it, and without a publication that told no words', () => {
    expect(read(publications, then(ready, 'EnterCorrection', correction, { actor: actors.system })).size).toBe(0);
    const bare = happened('StatementPublished', { at: NOW, revision: 2, digests: text.digests, languages: [{ tag: 'en', status: 'authentic' }], signatoryCount: 0, parliamentCount: 0, crossParty: [] });
    expect(read(publications, [...ready, bare]).size).toBe(0);
  });
});

describe('the commitment before a release', () => {
  it('STM-8 tells anyone the digest and nothing else, and whose it was once it is out', () => {
    const before = read<CommitmentDoc>(commitments, embargoed).get(text.digest);
    expect(before).toMatchObject({ label: { tlp: 'CLEAR' }, doc: { digest: text.digest, until: later.instant, committedAt: NOW, releasedAt: null, statementId: null } });
    expect(JSON.stringify(before?.doc)).not.toMatch(/warning|alerte|s1|g-p|p-editor/);
    expect(read<CommitmentDoc>(commitments, released).get(text.digest)?.doc).toMatchObject({ statementId: 's1', releasedAt: expect.any(String) });
    const moved = then(embargoed, 'ChangeEmbargo', { until: { ...later, instant: '2026-12-05T12:00:00Z' } });
    expect(read<CommitmentDoc>(commitments, moved).get(text.digest)?.doc.until).toBe('2026-12-05T12:00:00Z');
    expect(read(commitments, then(ready, 'Publish')).size).toBe(0);
  });
  it('STM-8 of a text that was corrected meanwhile names what was committed', () => {
    const out = then(then(embargoed, 'EnterCorrection', correction, { actor: actors.system }), 'Publish', {}, { now: later.instant });
    expect(read<CommitmentDoc>(commitments, out).get(text.digest)?.doc.statementId).toBe('s1');
  });
  it('of an exercise stays in the network', () => expect(read(commitments, embargoed, 'exercise').get(text.digest)?.label).toEqual({ tlp: 'GREEN' }));
});

describe('the page in its last stretch', () => {
  it('STM-12 says that it has yet to be sealed, and which languages are missing', () => {
    const [draft, ...rest] = negotiating();
    const behind = [draft!, ...rest.filter((e) => e.type !== 'ClauseAdded')];
    const lead = [...behind, happened('ClauseAdded', { clauseId: 'c1', section: 'preambular', text: { en: one.en } }), happened('TextFrozen', { revision: 1, digests: { en: sha256('en') }, digest: sha256('d') })];
    expect(page(lead).doc.next).toMatchObject({ kind: 'seal', missing: [{ refused: 'statement.language-not-certified', params: { lang: 'fr', missing: 1, stale: 0 } }] });
    expect(page(frozen(sha256)).doc.next).toMatchObject({ kind: 'seal', missing: [{ params: { lang: 'fr', missing: 0 } }] });
    expect(page(sealed(sha256)).doc).toMatchObject({ next: { kind: 'open-signature', missing: [] }, sealed: { digest: text.digest } });
  });
  it('STM-8 shows the embargo to its readers, and nothing of it afterwards', () => {
    const { doc, label } = page(embargoed);
    expect(label).toEqual({ tlp: 'AMBER', groups: ['g-p', 'g-q', 'g-press'], persons: ['p-editor', 'p1'] });
    expect(doc).toMatchObject({ status: 'embargoed', embargo: { until: later, ...list, breach: null } });
    const admitted = then(embargoed, 'AdmitToEmbargo', { to: { groups: ['g-b'], persons: [] }, purpose: 'briefing' });
    expect(page(admitted).label.groups).toContain('g-b');
    const breached = then(admitted, 'RecordEmbargoBreach', { how: 'printed', at: NOW });
    expect(page(breached).doc.embargo?.breach).toEqual({ how: 'printed', at: NOW });
    expect(page(released)).toMatchObject({ label: { tlp: 'CLEAR' }, doc: { embargo: null, published: { revision: 2, corrections: 0, digest: text.digest, provisional: false } } });
  });
  it('STM-8 tells the secretariat of the release, of one that would not pass, and of one that a breach set free', () => {
    const duties = (...events: StatementEvent[]) => statements.duties!(page(events).doc).map((d) => `${d.kind} ${d.deadline ?? ''}`.trim());
    expect(duties(...embargoed)).toEqual([`statement-release ${later.instant}`]);
    expect(duties(...embargoed, happened('EmbargoBreached', { how: 'x', at: NOW }))).toEqual(['statement-publish']);
    const asked = [...opened(sha256, 'open-letter', { signatories: 1 }), signed(sha256, 'p1')];
    const short = [...then(asked, 'PlaceUnderEmbargo', { until: later, list }), happened('SignatureWithdrawn', { personId: 'p1', at: NOW, beforePublication: true })];
    expect(duties(...short)).toEqual([`statement-release-blocked ${later.instant}`]);
  });
  it('COR-2 shows the corrected words with both readings, and where they stand in the record', () => {
    const { doc } = page(corrected);
    expect(doc).toMatchObject({
      corrections: [{ clauseId: 'c2', lang: 'fr', wrong: 'gouvernements', right: 'Gouvernements', ref: 'PV 1', before: text.digests['fr'] }], published: { corrections: 1 }, clauses: [{}, { text: { en: two.en } }],
    });
    expect(doc.clauses[1]?.text['fr']).toContain('Gouvernements');
    expect(doc.published?.digests['fr']).toBe(doc.corrections[0]?.after);
    expect(page(released).doc.clauses[1]?.stands).toEqual({ en: { revision: released.length, field: 'clauses.1.text.en' }, fr: { revision: released.length, field: 'clauses.1.text.fr' } });
    expect(doc.clauses[1]?.stands['fr']).toEqual({ revision: corrected.length, field: 'clauses.1.text.fr' });
  });
  it('STM-14 no command takes a published page or its archive away', () => {
    const evidence = { ...serving, successor: 'published' };
    const chair = { actor: actors.networkChair };
    const closed = then(released, 'CloseForSignature');
    const retracted = then(closed, 'Retract', { decisionRef: 'd2', reason: { en: 'False.' } }, chair);
    const superseded = then(released, 'Supersede', { byStatementId: 's2' }, { evidence });
    // Whatever any command could record on top of these, allowed or not: neither row goes, and both stay open to anyone.
    const every = statement.events.names.filter((type) => type !== 'StatementProposed');
    for (const events of [released, closed, retracted, superseded, corrected]) {
      for (const name of Object.keys(statement.commands)) {
        const row = statement.commands[name]!;
        const state = events.reduce((s, e) => evolve(statement, s, e), statement.initial);
        if (!row.from.includes(state.status)) continue;
        for (const type of row.emits) {
          expect(every).toContain(type);
          const sample = samples[type];
          if (sample === undefined) continue;
          const after = [...events, { type, data: sample } as StatementEvent];
          expect([name, type, page(after)?.label.tlp ?? 'gone']).toEqual([name, type, type === 'SignatureDeclined' ? expect.any(String) : 'CLEAR']);
          expect(page(after).doc.clauses.map((c) => c.id)).toEqual(['c1', 'c2']);
          expect([...read(publications, after).keys()]).toContain('s1_r2');
        }
      }
    }
  });
});

/** One event of each type that a published statement can still have. */
const samples: Partial<Record<StatementEvent['type'], object>> = {
  GroupEndorsed: { groupId: 'g-z', digest: text.digest },
  StatementSigned: signed(sha256, 'p9').data,
  SignatureWithdrawn: { personId: 'p1', at: NOW, beforePublication: false },
  StatementReservationEntered: { groupId: 'g-q', clauses: ['c2'], text: { en: 'We reserve.', fr: 'Réserve.' } },
  LanguageVersionPublished: {
    lang: 'es', status: 'courtesy', digest: sha256('es'), texts: { c1: 'Uno,', c2: 'Dos;' }, translationId: 's1-es', revision: 2, corrections: 0, languages: [{ tag: 'en', status: 'authentic' }],
    digests: text.digests, frozenDigest: text.digest,
  },
  StatementCorrected: corrected.at(-1)!.data,
  StatementClosedForSignature: { at: NOW, finalCount: 1 },
  FollowUpLinked: { ref: { type: 'commitment', id: 'k1' } },
  StatementSuperseded: { byStatementId: 's2' },
  StatementRetracted: { decisionRef: 'd2', reason: { en: 'False.' } },
};
