import type { Duty } from '#kernel';
import { type MouDoc, type NextStep, present } from './mou.doc.js';

const step = (kind: NextStep['kind'], missing: readonly string[] = []): NextStep => ({ kind, missing });

function negotiating(doc: MouDoc): NextStep {
  const standing = doc.clauses.filter((c) => !c.dropped);
  if (standing.length === 0) return step('propose-clauses');
  const bracketed = doc.clauses.filter((c) => c.brackets.length > 0);
  if (bracketed.length > 0) return step('lift-brackets', bracketed.map((c) => c.clauseId));
  const gaps = standing.flatMap((c) => doc.authenticLanguages.filter((l) => c.text[l] === undefined || c.stale.includes(l)).map((l) => `${c.clauseId}:${l}`));
  if (gaps.length > 0) return step('complete-languages', gaps);
  const open = doc.clauses.filter((c) => !c.agreed);
  if (open.length > 0) return step('agree-clauses', open.map((c) => c.clauseId));
  return step('initial', present(doc).filter((g) => !doc.initials.some((i) => i.groupId === g)));
}

function signed(doc: MouDoc): NextStep {
  const unconfirmed = doc.signatures.flatMap((s) => (s.effective || s.groupId === null ? [] : [s.groupId]));
  if (unconfirmed.length > 0) return step('confirm', unconfirmed);
  const rule = doc.terms.effect?.rule;
  if (rule === undefined) return step('establish-effect');
  if (rule === 'notifications') return step('notify', present(doc));
  return rule === 'fixed-date' ? step('await-date') : step('enter-into-effect');
}

/** What stands between this memorandum and its effect: one thing, and who or what it waits for. */
export function nextStep(doc: MouDoc): NextStep | null {
  const parties = present(doc);
  const lodged = new Set(doc.authorisations.map((a) => a.groupId));
  const unsigned = parties.filter((g) => !doc.signatures.some((s) => s.groupId === g));
  switch (doc.status) {
    case 'proposed':
      return step('open-negotiation', parties.filter((g) => g !== doc.proposedBy));
    case 'negotiating':
      return negotiating(doc);
    case 'initialled':
      return lodged.size === 0 ? step('authorise', parties) : step('open-for-signature', parties.filter((g) => !lodged.has(g)));
    case 'openForSignature':
    case 'partlySigned':
      // Its time is over: the depositary sets a later instant, or nothing comes of it.
      if (doc.signing?.closedAt != null) return step('open-for-signature', unsigned);
      return unsigned.some((g) => lodged.has(g)) ? step('sign', doc.signing?.turn != null ? [doc.signing.turn] : unsigned) : step('authorise', unsigned);
    case 'signed':
      return signed(doc);
    case 'suspended':
      return step('resume');
    default:
      return null;
  }
}

const chairs = (groups: readonly string[], kind: string, command: string, deadline?: string | null): Duty[] =>
  groups.map((g) => ({ kind, holder: `chair:${g}`, command, ...(deadline == null ? {} : { deadline }) }));
const secretariat = (kind: string, command: string): Duty => ({ kind, holder: 'network-secretariat', command });

/** What waits for whom on the way to effect. */
function onTheWay(doc: MouDoc): Duty[] {
  const { next, signing } = doc;
  const until = signing?.until;
  const parties = present(doc);
  const unsigned = parties.filter((g) => !doc.signatures.some((s) => s.groupId === g));
  const unlodged = unsigned.filter((g) => !doc.authorisations.some((a) => a.groupId === g));
  switch (next?.kind) {
    case 'open-negotiation':
      return chairs(next.missing, 'mou-negotiate', 'OpenNegotiation');
    case 'propose-clauses':
      return chairs(parties, 'mou-draft', 'ProposeClause');
    case 'lift-brackets': {
      const holders = new Set(doc.clauses.flatMap((c) => c.brackets.flatMap((b) => b.by)));
      return chairs([...holders], 'mou-lift-brackets', 'LiftBrackets');
    }
    case 'complete-languages':
      return chairs(parties, 'mou-draft', 'ReviseClause');
    case 'agree-clauses': {
      const open = parties.filter((g) => doc.clauses.some((c) => !c.agreedBy.some((a) => a.groupId === g && a.mode === 'agreed')));
      return chairs(open, 'mou-agree', 'AgreeClause');
    }
    case 'initial':
      return chairs(next.missing, 'mou-initial', 'InitialText');
    case 'authorise':
    case 'open-for-signature':
    case 'sign': {
      const command = doc.status === 'openForSignature' ? 'SignFirst' : unsigned.length > 1 ? 'SignFurther' : 'SignLast';
      const open = doc.status !== 'initialled';
      if (open && signing?.closedAt != null) return [secretariat('mou-extend-signature', 'ExtendMouSignature')];
      const mine = unsigned.filter((g) => !unlodged.includes(g) && (signing?.turn == null || signing.turn === g));
      return [
        ...chairs(unlodged, 'mou-authorise', 'RecordPartyAuthorisation', until),
        ...(open ? chairs(mine, 'mou-sign', command, until) : []),
        ...(next.kind === 'open-for-signature' ? [secretariat('mou-open-for-signature', 'OpenForSignature')] : []),
      ];
    }
    case 'confirm':
      return chairs(next.missing, 'mou-confirm', 'ConfirmAdReferendum');
    case 'notify':
    case 'establish-effect':
      return [secretariat('mou-record-effect', 'RecordEntryIntoEffect')];
    default:
      return [];
  }
}

/** What waits for whom while it is in effect: amendments and accessions. */
function inEffect(doc: MouDoc): Duty[] {
  const parties = present(doc);
  const needed = { all: parties.length, 'two-thirds': Math.ceil((parties.length * 2) / 3), majority: Math.floor(parties.length / 2) + 1 };
  const amendments = doc.amendments
    .filter((a) => a.status === 'proposed')
    .flatMap((a) => {
      const silent = parties.filter((g) => !a.consents.includes(g));
      if (parties.length - silent.length < needed[doc.terms.amendmentConsent ?? 'all']) return chairs(silent, 'mou-consent-amendment', 'ConsentToMouAmendment');
      return a.kind === 'addendum' ? chairs([a.by], 'mou-add-addendum', 'AddAddendum') : [secretariat('mou-amend', 'BringAmendmentIntoEffect')];
    });
  const accessions = doc.accessions
    .filter((a) => a.requested && a.effectiveOn === null)
    .flatMap((a) => {
      const silent = parties.filter((g) => !a.consents.includes(g) && !a.refusals.some((r) => r.groupId === g));
      // Refused: it waits for nobody but whoever may think better of it.
      if (doc.terms.accession === 'unanimous' && a.refusals.length > 0) return [];
      return doc.terms.accession === 'unanimous' && silent.length > 0
        ? chairs(silent, 'mou-consent-accession', 'ConsentToAccession')
        : [secretariat('mou-deposit-accession', 'DepositAccession')];
    });
  return [...amendments, ...accessions];
}

/** Signed apart: the depositary hands each the copies of the others (MOU-5). */
const counterparts = ({ status, signing, counterparts: exchanged }: MouDoc): Duty[] =>
  ['signed', 'inEffect', 'suspended'].includes(status) && signing?.mode === 'counterparts' && exchanged === null
    ? [secretariat('mou-exchange-counterparts', 'ExchangeCounterparts')]
    : [];

export const mouDuties = (doc: MouDoc): Duty[] => [...(doc.status === 'inEffect' ? inEffect(doc) : onTheWay(doc)), ...counterparts(doc)];
