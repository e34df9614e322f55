import { certainlyBefore } from '#kernel';
import type { Kind } from '../statement/schemas.js';
import type { MotionForm } from './motion-form.js';

export interface ProfileSource {
  readonly title: string;
  readonly url?: string;
  readonly confidence: 'high' | 'medium' | 'low';
  /** What rests on it, and what is not known. */
  readonly note: string;
}
/** Rules of one chamber on motions and on who puts a name to them, as versioned data; `null`: the chamber is not known to regulate it. */
export interface ChamberProfile {
  readonly profileId: string;
  readonly version: string;
  /** EDTF; `XXXX`: since when is not known. */
  readonly validFrom: string;
  readonly validUntil?: string;
  readonly chamber: string;
  /** The kinds of statement to which it applies: what is tabled in the chamber. */
  readonly kinds: readonly Kind[];
  readonly form: MotionForm;
  readonly executiveOffice: {
    /** Who holds one does not sign. */
    readonly maySign: boolean;
    /** The name of who takes one is removed while the list is open. */
    readonly removed: boolean;
  };
  readonly amendments: {
    /** Who signs an amendment leaves the motion. */
    readonly withdrawsName: boolean;
    /** Words of all amendments together. */
    readonly maxWords: number | null;
  };
  /** So many names are printed first, in the order that the owner chose. */
  readonly namesPrinted: number | null;
  readonly maxNames: number | null;
  readonly lapses: 'end-of-session' | null;
  readonly noticeDays: number | null;
  readonly sources: readonly ProfileSource[];
}

/**
 * A harmonised motion is tabled in the chamber, so that the chamber's own rule for motions governs who may put a name to it (PER-6, STM-6).
 * For the other kinds no rule of a chamber is known, and none applies.
 */
const MOTIONS: readonly Kind[] = ['harmonised-motion'];

export const CHAMBER_PROFILES: readonly ChamberProfile[] = [
  {
    profileId: 'gb-commons-edm', version: '2', validFrom: 'XXXX', chamber: 'GB-LC01', kinds: MOTIONS,
    form: { opens: { en: 'That this House' }, maxSentences: 1, maxWords: 250 },
    executiveOffice: { maySign: false, removed: true },
    amendments: { withdrawsName: true, maxWords: 250 },
    namesPrinted: 6, maxNames: null, lapses: 'end-of-session', noticeDays: null,
    sources: [
      {
        title: 'House of Commons Information Office, Factsheet P3: Early Day Motions (June 2010)', confidence: 'high',
        note: 'One sentence that opens "That this House", at most 250 words, a short neutral title (not checked: the Table Office judges it), lapse at the end of the session, first six names.',
      },
      {
        title: 'House of Commons Procedure Committee, First Report of Session 2006-07 (HC 513), chapter 3', url: 'https://publications.parliament.uk/pa/cm200607/cmselect/cmproced/513/51306.htm',
        confidence: 'high', note: 'What early day motions are used for. Amendments and the name of who signs one: domain brief 4.1.',
      },
      { title: 'Practice of the House: ministers and whips do not sign', confidence: 'medium', note: 'A practice and no standing order (domain brief, PER-6). Whips and parliamentary private secretaries count where their office is recorded.' },
      { title: 'Names of Members who become ministers', confidence: 'low', note: 'That such a name is removed is told of the practice; no text of it was found.' },
    ],
  },
  {
    profileId: 'gb-lords-motion', version: '1', validFrom: 'XXXX', chamber: 'GB-UC01', kinds: MOTIONS,
    form: { opens: { en: 'That this House' }, maxSentences: null, maxWords: null },
    executiveOffice: { maySign: true, removed: false },
    amendments: { withdrawsName: false, maxWords: null },
    namesPrinted: null, maxNames: null, lapses: 'end-of-session', noticeDays: null,
    sources: [
      {
        title: 'House of Lords, Companion to the Standing Orders: motions', confidence: 'low',
        note: 'The House has no early day motions; a motion for resolution asks "That this House". No rule on the names of ministers was found, so none is applied.',
      },
    ],
  },
  {
    profileId: 'ca-commons-motion', version: '1', validFrom: '2005', chamber: 'CA-LC01', kinds: MOTIONS,
    form: { opens: { en: 'That', fr: 'Que' }, maxSentences: null, maxWords: null },
    executiveOffice: { maySign: false, removed: false },
    amendments: { withdrawsName: false, maxWords: null },
    // The mover and at most twenty who second jointly, until it is proposed to the House (Standing Order 86(2) and (3)).
    namesPrinted: null, maxNames: 21, lapses: null, noticeDays: 14,
    sources: [
      {
        title: 'House of Commons of Canada, Annotated Standing Orders, chapter XI: Private Members’ Business (Standing Orders 86 to 99)', url: 'https://www.ourcommons.ca/procedure/annotated-standing-orders/15_ASOII_Chap11-e.html',
        confidence: 'high', note: 'Members who are not ministers or parliamentary secretaries; up to twenty joint seconders; names until the item is proposed.',
      },
      {
        title: 'House of Commons Procedure and Practice, chapter 21: Private Members’ Motions', url: 'https://noscommunes.ca/marleaumontpetit/DocumentViewer.aspx?Language=E&Sec=Ch21&Seq=4',
        confidence: 'high', note: 'Two weeks’ notice; a resolution is generally phrased "That, in the opinion of this House".',
      },
      { title: 'In force since 2005; a seconder who takes office later', confidence: 'low', note: 'The rules were provisional from 2003; the day on which they became permanent was not looked up. Nothing was found on a seconder who becomes a minister, so the name stays.' },
    ],
  },
  {
    profileId: 'ca-senate-motion', version: '1', validFrom: 'XXXX', chamber: 'CA-UC01', kinds: MOTIONS,
    form: { opens: { en: 'That', fr: 'Que' }, maxSentences: null, maxWords: null },
    executiveOffice: { maySign: true, removed: false },
    amendments: { withdrawsName: false, maxWords: null },
    namesPrinted: null, maxNames: null, lapses: null, noticeDays: 1,
    sources: [
      {
        title: 'Rules of the Senate, chapter 5: Notices, Motions and Inquiries (5-1, 5-5)', url: 'https://sencanada.ca/en/about/procedural-references/rules/chapter-five-notices-motions-and-inquiries',
        confidence: 'high', note: 'Written notice, read aloud; one day for a substantive motion.',
      },
      { title: 'Form of a motion; names of ministers', confidence: 'low', note: 'That a motion opens with "That" is usage. No rule on the names of ministers was found, so none is applied.' },
    ],
  },
];

/** The profile of a chamber for a kind of statement on a day, `YYYY-MM-DD` or EDTF; the newest where several are in force. */
export const chamberProfile = (chamber: string, kind: Kind, day: string, profiles: readonly ChamberProfile[] = CHAMBER_PROFILES): ChamberProfile | undefined =>
  profiles.findLast(
    (p) => p.chamber === chamber && p.kinds.includes(kind) && !certainlyBefore(day, p.validFrom) && (p.validUntil === undefined || !certainlyBefore(p.validUntil, day)),
  );

/** As it stands in refusals and in the basis of events: `gb-commons-edm 2`. */
export const nameOf = ({ profileId, version }: Pick<ChamberProfile, 'profileId' | 'version'>): string => `${profileId} ${version}`;
