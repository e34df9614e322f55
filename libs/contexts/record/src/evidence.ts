import { type Actor, type AudienceToken, type EventMeta, type Gather, type Label, mayRead, type Row, type Source, type World } from '#kernel';
import { OBJECTION_PERIODS, PUBLISHING_EVENTS, SIGNING_EVENTS } from './data/periods.js';
import type { Attachment, AttachmentEvidence } from './attachment/attachment.js';
import type { Subject } from './attachment/events.js';
import type { RecordCorrection } from './correction/correction.js';
import type { Target } from './correction/events.js';
import type { CorrectionEvidence } from './correction/rules.js';

/** What is read of an entry of the activity view. */
interface Entry {
  readonly type: string;
  readonly stream: string;
  readonly streamId: string;
  readonly revision: number;
  readonly data: unknown;
  readonly sources?: readonly Source[];
  readonly actor: EventMeta['actor'];
}

/** The value at a path of the event, as text; null where there is none. */
export function valueAt(entry: Pick<Entry, 'data' | 'sources'>, field: string): string | null {
  const [head, ...rest] = field.split('.');
  const within = head === 'sources' && !(typeof entry.data === 'object' && entry.data !== null && 'sources' in entry.data);
  let value: unknown = within ? entry.sources : entry.data;
  for (const name of within ? rest : [head ?? '', ...rest]) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** The readers to whom somebody acting in a capacity belongs, as sign-in computes them from grants. */
export function tokensOf({ personId, capacity, onBehalfOf }: Actor): Set<AudienceToken> {
  const person = `person:${personId}`;
  const group = onBehalfOf === undefined ? [] : [`group:${onBehalfOf}`];
  switch (capacity) {
    case 'network-secretariat':
      return new Set(['public', 'network', 'secretariat', person, ...group]);
    case 'auditor':
      return new Set(['public', 'network', 'auditor', person]);
    case 'network-chair':
    case 'chair':
    case 'officer':
    case 'member':
    case 'group-secretariat':
    case 'translator':
      return new Set(['public', 'network', person, ...group]);
    case 'observer':
      return new Set(['public', person, ...group]);
    case 'partner':
      return new Set(['public', ...group]);
    case 'administrator':
    case 'system':
      return new Set(['public', person]);
  }
}

const sortable = (position: string) => position.padStart(20, '0');
const entriesOf = (world: World, stream: string) => world.rows<Entry>('activity', { stream });

async function entryAt(world: World, target: Target, entries: readonly Row<Entry>[]): Promise<Row<Entry> | undefined> {
  const { stream, position, revision } = target;
  const found = position === undefined ? entries.find((e) => e.doc.revision === revision) : await world.row<Entry>('activity', sortable(position));
  if (!found || found.doc.stream !== stream || (revision !== undefined && found.doc.revision !== revision)) return undefined;
  return found;
}

/** The stricter of two labels; of two that name different readers the first, which is that of the field itself (G5). */
const RANK = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'];
export const stricter = (a: Label, b: Label): Label => (RANK.indexOf(b.tlp) > RANK.indexOf(a.tlp) ? b : a);

/** What events of statements say of names that are private until a threshold. */
interface Private {
  readonly private?: boolean;
  readonly policy?: { readonly privateUntil?: unknown };
  readonly signatories?: readonly { readonly personId: string }[];
}
/** Those who may be known to have signed: whose names are private until a threshold comes in when it is reached. */
export function signatoriesOf(entries: readonly Pick<Row<Entry>, 'doc'>[]): string[] {
  const named = entries.flatMap(({ doc }) => {
    const said = (doc.data ?? {}) as Private;
    if (doc.type === 'SignaturesRevealed') return (said.signatories ?? []).map((s) => s.personId);
    if (said.private === true) return [];
    const field = SIGNING_EVENTS[doc.type];
    const id = field === undefined ? undefined : (doc.data as Record<string, unknown>)[field];
    return typeof id === 'string' ? [id] : [];
  });
  return [...new Set(named)];
}
/** Whether anybody has signed such a text nobody may know: it counts as signed from the day on which names may be put to it. */
const signedUnseen = (entries: readonly Row<Entry>[]) => entries.some(({ doc }) => ((doc.data ?? {}) as Private).policy?.privateUntil !== undefined);
const isCrisis = (entries: readonly Row<Entry>[]) => entries.some(({ doc }) => (doc.data as { urgency?: unknown } | null)?.urgency === 'crisis');

/** What the record says at the target, who signed it, and how long they have to object. */
export const gatherForCorrection: Gather<RecordCorrection, CorrectionEvidence> = async (world, { input, state, actor, now }) => {
  const target = (input as { target?: Target }).target ?? state.target;
  const entries = target ? await entriesOf(world, target.stream) : [];
  const entry = target ? await entryAt(world, target, entries) : undefined;
  const hours = isCrisis(entries) ? OBJECTION_PERIODS.crisisHours : OBJECTION_PERIODS.ordinaryHours;
  const signatories = signatoriesOf(entries);
  const bound = signatories.length > 0 || signedUnseen(entries) || entries.some((e) => PUBLISHING_EVENTS.includes(e.doc.type));
  const readable = entry !== undefined && mayRead(tokensOf(actor), entry.label);
  return {
    target:
      readable && target
        ? { label: target === state.target ? stricter(entry.label, state.label) : entry.label, value: valueAt(entry.doc, target.field), bound, signatories }
        : null,
    objectionsNotBefore: new Date(Date.parse(now) + hours * 3_600_000).toISOString(),
  };
};

/** The label of what a file belongs to, as it stands now and as far as the actor may read it. What an exercise attaches belongs to the exercise (G4). */
export const gatherForAttachment: Gather<Attachment, AttachmentEvidence> = async (world, { input, state, actor, mode }) => {
  const subject = (input as { subject?: Subject }).subject ?? state.subject;
  const row = subject === null ? null : await world.row(subject.collection, subject.id);
  const same = row !== null && (mode === 'exercise') === (row.mode === 'exercise');
  return { label: same && mayRead(tokensOf(actor), row.label) ? row.label : null };
};
