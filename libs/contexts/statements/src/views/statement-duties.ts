import type { Duty } from '#kernel';
import type { StatementDoc } from './statement-doc.js';

const withDeadline = (duty: Duty, deadline: string | undefined): Duty => (deadline === undefined ? duty : { ...duty, deadline });

/** The secretariat sees to the seal, whose missing languages the page names, and then opens the list. */
const beforeSigning = ({ next }: StatementDoc): Duty[] => [
  next?.kind === 'seal'
    ? { kind: 'statement-seal', holder: 'network-secretariat', command: 'SealText' }
    : { kind: 'statement-open-signature', holder: 'network-secretariat', command: 'OpenSignature' },
];
/** The instant releases it; what has fallen below its thresholds meanwhile would not go out, and a breach ends the waiting. */
function released({ embargo, next }: StatementDoc): Duty[] {
  if (embargo === null) return [];
  const deadline = embargo.until.instant;
  if ((next?.missing.length ?? 0) > 0) return [{ kind: 'statement-release-blocked', holder: 'network-secretariat', deadline, command: 'ChangeEmbargo' }];
  return embargo.breach === null
    ? [{ kind: 'statement-release', holder: 'network-secretariat', deadline, command: 'Publish' }]
    : [{ kind: 'statement-publish', holder: 'network-secretariat', command: 'Publish' }];
}

/** Who is to sign now: those of the stages that are open, those named, or the sponsors’ members. */
function signersOf({ signing, sponsors }: StatementDoc): string[] {
  if (signing?.order === 'stages') return signing.stages.filter((s) => s.open && !s.complete).flatMap(({ missing }) => [...missing.groups.map((g) => `member:${g}`), ...missing.persons.map((p) => `person:${p}`)]);
  const { named } = signing ?? {};
  if (named) return named.signed.length < named.need ? named.persons.filter((p) => !named.signed.includes(p)).map((p) => `person:${p}`) : [];
  return sponsors.map((g) => `member:${g}`);
}

/** What waits for whom. The pen is the penholder's, else the proposer's; agreement is the chair's of the proposing group. */
export function dutiesOf(doc: StatementDoc): Duty[] {
  const chair = `chair:${doc.sponsors[0] ?? ''}`;
  const pen = doc.penholders.length > 0 ? doc.penholders : doc.proposer === null ? [] : [doc.proposer];
  const closesAt = doc.opening?.closesAt?.instant;
  switch (doc.status) {
    case 'proposed':
      return pen.map((p) => ({ kind: 'statement-start', holder: `person:${p}`, command: 'StartDrafting' }));
    case 'drafting':
      return pen.map((p) => ({ kind: 'statement-draft', holder: `person:${p}`, command: doc.clauses.length > 0 ? 'CirculateDraft' : 'AddClause' }));
    case 'negotiating': {
      const open = doc.clauses.some((c) => c.agreement === 'open');
      const due = doc.commentsDue?.instant;
      if (open) return [withDeadline({ kind: 'statement-agree-clause', holder: chair, command: 'MarkClauseAgreed' }, due)];
      return doc.next?.missing.length === 0 ? [{ kind: 'statement-freeze', holder: chair, command: 'FreezeText' }] : [];
    }
    case 'frozen':
      return doc.next?.kind === 'submit-for-decision' ? [{ kind: 'statement-submit', holder: chair, command: 'SubmitForDecision' }] : beforeSigning(doc);
    case 'underDecision':
      return [{ kind: 'statement-decide', holder: 'network-secretariat' }];
    case 'adopted':
      return beforeSigning(doc);
    case 'openForSignature': {
      const endorsed = doc.endorsements.map((e) => e.groupId);
      return [
        ...doc.sponsors
          .filter((g) => !endorsed.includes(g))
          .map((g) => withDeadline({ kind: 'statement-endorse', holder: `chair:${g}`, command: 'EndorseAsGroup' }, closesAt)),
        ...signersOf(doc).map((holder) => withDeadline({ kind: 'statement-sign', holder, command: 'SignStatement' }, doc.signing?.addUntil?.instant ?? closesAt)),
        ...(doc.next?.missing.length === 0 ? [{ kind: 'statement-publish', holder: 'network-secretariat', command: 'Publish' }] : []),
      ];
    }
    case 'embargoed':
      return released(doc);
    case 'published':
    case 'closed':
      return doc.published?.provisional ? [{ kind: 'statement-add-language', holder: 'network-secretariat', command: 'AddLanguageVersion' }] : [];
    case 'none':
    case 'retracted':
    case 'abandoned':
      return [];
  }
}
