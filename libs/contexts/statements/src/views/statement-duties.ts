import type { Duty } from '#kernel';
import type { StatementDoc } from './statement-doc.js';

const withDeadline = (duty: Duty, deadline: string | undefined): Duty => (deadline === undefined ? duty : { ...duty, deadline });

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
      return doc.next?.kind === 'submit-for-decision'
        ? [{ kind: 'statement-submit', holder: chair, command: 'SubmitForDecision' }]
        : [{ kind: 'statement-open-signature', holder: 'network-secretariat', command: 'OpenSignature' }];
    case 'underDecision':
      return [{ kind: 'statement-decide', holder: 'network-secretariat' }];
    case 'adopted':
      return [{ kind: 'statement-open-signature', holder: 'network-secretariat', command: 'OpenSignature' }];
    case 'openForSignature': {
      const endorsed = doc.endorsements.map((e) => e.groupId);
      return [
        ...doc.sponsors
          .filter((g) => !endorsed.includes(g))
          .map((g) => withDeadline({ kind: 'statement-endorse', holder: `chair:${g}`, command: 'EndorseAsGroup' }, closesAt)),
        ...doc.sponsors.map((g) => withDeadline({ kind: 'statement-sign', holder: `member:${g}`, command: 'SignStatement' }, closesAt)),
        ...(doc.next?.missing.length === 0 ? [{ kind: 'statement-publish', holder: 'network-secretariat', command: 'Publish' }] : []),
      ];
    }
    case 'none':
    case 'embargoed':
    case 'published':
    case 'closed':
    case 'retracted':
    case 'abandoned':
      return [];
  }
}
