import type { Duty } from '#kernel';
import type { GroupDoc } from './group-doc.js';

const endOf = (day: string) => `${day}T23:59:59Z`;

/** What waits in a group, and for whom. */
export function groupDuties(doc: GroupDoc): Duty[] {
  const { groupId } = doc;
  const concerns = doc.concerns
    .filter((c) => c.resolution === null)
    .flatMap((c): Duty[] => [
      { kind: 'group-compliance', holder: `chair:${groupId}`, deadline: endOf(c.dueOn) },
      { kind: 'group-compliance-follow-up', holder: 'network-secretariat', deadline: endOf(c.dueOn), command: 'ResolveComplianceConcern' },
    ]);
  if (doc.status === 'dormant') return [...concerns, { kind: 'group-reconstitute', holder: `member:${groupId}`, command: 'Reconstitute' }];
  if (doc.status !== 'active') return concerns;
  const answers = doc.officers.some((o) => o.personId === doc.responsible);
  const lastBenefit = doc.benefits.map((b) => b.receivedOn.slice(0, 4)).toSorted().at(-1);
  const stated = doc.incomeStatements.some((s) => lastBenefit !== undefined && s.period.to.slice(0, 4) >= lastBenefit);
  return [
    ...concerns,
    ...(doc.officers.length > 0 && !answers
      ? [{ kind: 'group-responsible-officer', holder: `officer:${groupId}`, command: 'DesignateResponsibleOfficer' }]
      : []),
    ...(doc.tier === 'higher' && !stated ? [{ kind: 'group-income-statement', holder: `officer:${groupId}`, command: 'PublishIncomeStatement' }] : []),
    ...(doc.benefits.some((b) => b.late) && doc.concerns.length === 0
      ? [{ kind: 'group-benefit-late', holder: 'network-secretariat', command: 'RaiseComplianceConcern' }]
      : []),
  ];
}
