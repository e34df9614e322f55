import type { ExchangedDocument } from '#exchange';
import type { Activity, ViewReader } from '#platform/views';
import type { Names } from './voice.js';

/** Acts on the whole text, by the event that records them; what else happened to it is in the JSON Lines of the record. */
const ACTS: Readonly<Record<string, string>> = {
  StatementProposed: 'proposed', DraftCirculated: 'circulated', TextFrozen: 'frozen', TextSealed: 'sealed', TextReopened: 'reopened', StatementSubmittedForDecision: 'submitted', StatementAdopted: 'adopted', StatementNotAdopted: 'not-adopted',
  StatementOpenedForSignature: 'opened-for-signature', GroupEndorsed: 'endorsed', EmbargoSet: 'embargoed', StatementPublished: 'published', LanguageVersionPublished: 'language-published', StatementCorrected: 'corrected',
  StatementClosedForSignature: 'closed', StatementSuperseded: 'superseded', StatementRetracted: 'retracted', StatementAbandoned: 'abandoned',
  MouProposed: 'proposed', MouRecordedFromSource: 'recorded-from-source', MouNegotiationOpened: 'negotiated', MouTextInitialled: 'initialled', MouOpenedForSignature: 'opened-for-signature', MouSigned: 'signed',
  MouSignaturesCompleted: 'signatures-completed', MouEnteredIntoEffect: 'entered-into-effect', MouTextRectified: 'corrected', MouAmended: 'amended', MouAcceded: 'acceded', MouRenewed: 'renewed', MouSuspended: 'suspended', MouResumed: 'resumed',
  MouParticipantWithdrew: 'withdrawn', MouTerminated: 'terminated', MouExpired: 'expired', MouSuperseded: 'superseded', MouAbandoned: 'abandoned',
};
const OUTCOMES: Readonly<Record<string, string>> = { StatementAdopted: 'adopted', StatementNotAdopted: 'rejected' };
const PAGE = 500;

const personOf = ({ actor }: Activity): string => `person-${actor.personId}`;
const bodyOf = ({ actor }: Activity): string | null => (actor.onBehalfOf === undefined ? null : `group-${actor.onBehalfOf}`);

/** The acts on one thing that this reader may read, oldest first. `at`: the time in the world where the record knows it, else when it was recorded. */
export async function actsOf(reader: ViewReader, stream: string): Promise<readonly Activity[]> {
  const found: Activity[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page: { rows: readonly { doc: Activity }[]; next: string | null } = await reader.list<Activity>('activity', { stream }, { limit: PAGE, ...(after === undefined ? {} : { after }) });
    found.push(...page.rows.map((row) => row.doc).filter((doc) => ACTS[doc.type] !== undefined));
    after = page.next;
  }
  return found.toSorted((a, b) => a.revision - b.revision);
}
export const streamsOf = (acts: readonly Activity[]): string[] => acts.flatMap((a) => [personOf(a), ...(bodyOf(a) === null ? [] : [bodyOf(a)!])]);

export const historyOf = (acts: readonly Activity[], names: Names, lang: string): ExchangedDocument['history'] =>
  acts.map((a) => {
    const called = (stream: string | null) => (stream === null ? undefined : (names[stream]?.[lang] ?? Object.values(names[stream] ?? {})[0]));
    return { act: ACTS[a.type]!, at: a.validTime ?? a.recordedAt, by: called(bodyOf(a)) ?? called(personOf(a)) ?? null, outcome: OUTCOMES[a.type] ?? null };
  });
