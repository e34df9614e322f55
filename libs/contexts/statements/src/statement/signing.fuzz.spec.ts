import { type Actor, decide, evolve, fold, isRefusal, type RecordedEvent, type Row } from '#kernel';
import { idOf, sha256 } from '#kernel/testing';
import fc from 'fast-check';
import type { StatementDoc } from '../views/statement-doc.js';
import { statements } from '../views/statements.view.js';
import type { StatementEvent } from './events.js';
import { frozenText, happened, later, none, sealed, serving, snapshot } from './fixtures.contract.js';
import { isSecret, type Statement, standing } from './state.js';
import { statement } from './statement.js';

const PERSONS = ['p0', 'p1', 'p2', 'p3', 'p4'];
const { digest } = frozenText(sha256);
const RUNS = 10_000;

interface Act {
  readonly command: 'SignStatement' | 'WithdrawSignature' | 'DeclineToSign' | 'RemoveSignature';
  readonly person: number;
}
const act: fc.Arbitrary<Act> = fc.record({
  command: fc.oneof({ weight: 5, arbitrary: fc.constant('SignStatement' as const) }, { weight: 3, arbitrary: fc.constantFrom('WithdrawSignature' as const, 'DeclineToSign' as const) }, { weight: 1, arbitrary: fc.constant('RemoveSignature' as const) }),
  person: fc.nat(PERSONS.length - 1),
});
const publication = fc.option(fc.nat(20), { nil: null });
const at = (minute: number): string => `2026-11-23T09:${String(minute).padStart(2, '0')}:00.000Z`;
const nameOf = (personId: string): string => `Name of ${personId}`;

const start = (need: number): StatementEvent[] => [
  ...sealed(sha256),
  happened('StatementOpenedForSignature', { from: at(0), closesAt: later, thresholds: none, eligibility: 'network', ...(need === 0 ? {} : { policy: { order: 'all-at-once', privateUntil: { signatories: need } } }) }),
];
const starts = [0, 2, 3].map((need) => {
  const events = start(need);
  return { need, events, state: events.reduce((s, e) => evolve(statement, s, e), statement.initial), row: events.reduce<Row<StatementDoc> | null>((row, e, i) => shown(row, e, i), null)! };
});

function shown(row: Row<StatementDoc> | null, event: StatementEvent, revision: number): Row<StatementDoc> | null {
  const recorded = { ...event, id: 'e', stream: 'statement-s1', category: 'statement', streamId: 's1', revision, position: String(revision), meta: { recordedAt: at(0), mode: 'live', label: { tlp: 'GREEN' }, actor: { personId: 'x', capacity: 'member' }, commandId: 'c', correlationId: 'c' } } as RecordedEvent;
  return statements.key!(recorded) === undefined ? row : fold<StatementDoc>(statements, row, recorded);
}

/** As `toEqual`, asked only where it fails: it is asked some hundred thousand times. */
function same(is: unknown, ought: unknown): void {
  if (JSON.stringify(is) !== JSON.stringify(ought)) expect(is).toEqual(ought);
}

/** What ought to be so, kept by hand: since when each signature stands, and whether the names are open. */
interface Book {
  readonly since: Map<string, string>;
  open: boolean;
}
function given(state: Statement, { command, person }: Act, minute: number): StatementEvent[] {
  const personId = PERSONS[person]!;
  const actor: Actor = command === 'RemoveSignature' ? { personId: 'system', capacity: 'system', rule: 'when-office-taken' } : { personId, capacity: 'member', onBehalfOf: 'g-p' };
  const input = command === 'SignStatement' ? { digest, languageSeen: 'en' } : command === 'RemoveSignature' ? { personId, because: 'executive-office' } : {};
  const candidate = { ...serving.candidate!, office: command === 'RemoveSignature' ? 'Minister' : null, removedOnOffice: true, profile: { profileId: 'x', version: '1' }, snapshot: { ...snapshot, name: nameOf(personId), party: personId } };
  const outcome = decide(statement, command, input, state, { now: at(minute), actor, mode: 'live', evidence: { ...serving, candidate }, newId: idOf, sha256 });
  return isRefusal(outcome) ? [] : [...outcome];
}

function check(book: Book, state: Statement, before: Statement, events: readonly StatementEvent[]): void {
  for (const { type, data } of events) {
    if (type === 'StatementSigned') {
      same(book.since.has(data.personId), false);
      same(data.private ?? false, !book.open);
      book.since.set(data.personId, data.at);
    } else if (type === 'SignaturesRevealed') {
      same(data.signatories.map((s) => [s.personId, s.at]), [...book.since]);
      book.open = true;
    } else if (type === 'SignatureWithdrawn' || type === 'SignatureRemoved') {
      same(data.signedAt, book.since.get(data.personId));
      book.since.delete(data.personId);
      same(data.told, isSecret(before) ? undefined : [...book.since.keys()]);
    } else if (type === 'SignatureDeclined') {
      same(book.since.has(data.personId), false);
      same(data.told, isSecret(before) ? undefined : [...book.since.keys()]);
    }
  }
  const stand = standing(state.signatures);
  same(new Set(stand.map((s) => s.personId)).size, stand.length);
  same(stand.map((s) => [s.personId, s.at]), [...book.since]);
  same(isSecret(state), !book.open);
}

it(`STM-9 ${RUNS} orders of signing, withdrawing, declining, removing and publishing keep one signature for each person, its time, the figures, who is told, and the names that are private`, () => {
  fc.assert(
    fc.property(fc.nat(starts.length - 1), fc.array(act, { minLength: 1, maxLength: 14 }), publication, (which, acts, publishAfter) => {
      const from = starts[which]!;
      let { state, row } = from;
      const book: Book = { since: new Map(), open: from.need === 0 };
      let revision = from.events.length;
      acts.forEach((one, i) => {
        const events = given(state, one, i);
        if (i === publishAfter && book.open && state.status === 'openForSignature')
          events.push(happened('StatementPublished', { at: at(i), revision: 2, digests: {}, languages: [{ tag: 'en', status: 'authentic' }], signatoryCount: 0, parliamentCount: 0, crossParty: [] }));
        const before = state;
        for (const event of events) {
          state = evolve(statement, state, event);
          row = shown(row, event, revision++)!;
        }
        check(book, state, before, events);
        const { doc } = row;
        if (book.open) {
          same(doc.signatories.filter((s) => s.withdrawn === null).map((s) => [s.personId, s.at]), [...book.since]);
          same(doc.progress.signatories.have, book.since.size);
          same(doc.attribution.counts.parliamentarians, book.since.size);
        } else if (row !== from.row) throw new Error('the page moved while the names are private');
      });
    }),
    { numRuns: RUNS, seed: 20261123 },
  );
});
