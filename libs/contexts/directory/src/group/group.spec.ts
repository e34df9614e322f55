import { specify } from '#kernel/testing';
import type { GroupEvent, Officer } from './events.js';
import { group } from './group.js';
import { active, chair, evidence, founded, founding, network, officer, proposal, proposed, secretary, sided, slate, system, with_ } from './group.samples.js';
import type { GroupEvidence } from './rules.js';

const given = specify(group, { actor: chair, evidence });

describe('founding a group', () => {
  it('is proposed by its promoters', () => {
    given().when('ProposeGroup', proposal).yields(proposed);
    given().when('ProposeGroup', proposal, { actor: { personId: 'p2', capacity: 'member' } }).yields(proposed);
    given().when('ProposeGroup', proposal, { actor: { personId: 'p9', capacity: 'member', onBehalfOf: 'g9' } }).refuses('not-permitted');
    given().when('ProposeGroup', proposal, { actor: secretary }).refuses('not-permitted');
  });
  it('GRP-1 GRP-2 GRP-3 GRP-4 holds the inaugural meeting, elects officers and names who is responsible', () => {
    given(proposed).when('FoundGroup', founding).yields(
      { type: 'InauguralMeetingHeld', data: { meetingId: 'm1', on: '2026-11-20', present: ['p1', 'p2', 'p3'], quorumRequired: 3, quorumMet: true } },
      founded,
      { type: 'OfficersElected', data: { meetingId: 'm1', officers: slate.map(sided) } },
      { type: 'ResponsibleOfficerDesignated', data: { personId: 'p1', from: '2026-11-20' } },
    );
    given(proposed).when('FoundGroup', founding, { actor: secretary }).refuses('not-permitted');
  });
  it('GRP-1 needs the quorum, of serving members of the parliament: nobody else counts, and nobody twice (PTN-1)', () => {
    given(proposed).when('FoundGroup', { ...founding, present: ['p1', 'p2'] }).refuses('group.quorum-not-met', 'GRP-1');
    given(proposed).when('FoundGroup', { ...founding, present: ['p1', 'p2', 'p2'] }).refuses('group.quorum-not-met', 'GRP-1');
    given(proposed).when('FoundGroup', { ...founding, present: ['p1', 'p2', 'former', 'partner'] }).refuses('group.quorum-not-met', 'GRP-1');
  });
  it('GRP-2 tells every rule that is not met at once', () => {
    const officers = ['p1', 'p3', 'p4', 'p5', 'p6'].map((personId) => ({ personId, role: 'officer' }));
    const refused = given(proposed).when('FoundGroup', { ...founding, officers });
    refused.refuses('group.too-many-officers', 'GRP-2');
    refused.refuses('group.officers-not-balanced', 'GRP-2');
    refused.refuses('group.officer-not-serving', 'PER-2');
  });
  it('is imported with its sources, and not live', () => {
    given().when('ImportFoundedGroup', founded.data, { actor: network, mode: 'import' }).yields(founded);
    given().when('ImportFoundedGroup', founded.data, { actor: network }).refuses('group.import-only');
    given(founded).when('ImportFoundedGroup', founded.data, { actor: network, mode: 'import' }).refuses('illegal-transition');
  });
  it('G3 an import does not claim a quorum that no source tells', () => {
    const told = { ...founding, present: [] };
    const { outcome } = given(proposed).when('FoundGroup', told, { actor: network, mode: 'import' });
    expect(outcome).toMatchObject([{ type: 'InauguralMeetingHeld', data: { quorumRequired: 3 } }, {}, { data: { officers: slate } }, {}]);
    expect(JSON.stringify(outcome)).not.toContain('quorumMet');
  });
});

describe('members', () => {
  const enrolled: GroupEvent = { type: 'GroupMemberEnrolled', data: { personId: 'p3', status: 'full', on: '2026-11-23' } };
  it('are enrolled once for each status and leave', () => {
    given(...active).when('EnrolMember', enrolled.data, { actor: secretary }).yields(enrolled);
    given(...active, enrolled).when('EnrolMember', enrolled.data).changesNothing();
    given(...active, enrolled).when('EnrolMember', { ...enrolled.data, status: 'observer' }).yieldsTypes('GroupMemberEnrolled');
    given(...active).when('EnrolMember', enrolled.data, { actor: { ...officer, onBehalfOf: 'g2' } }).refuses('not-permitted');
    const left: GroupEvent = { type: 'GroupMemberLeft', data: { personId: 'p3', on: '2026-11-23', reason: 'own wish' } };
    given(...active, enrolled).when('RecordMemberLeft', left.data, { actor: secretary }).yields(left);
    given(...active).when('RecordMemberLeft', left.data, { actor: secretary }).refuses('group.not-a-member');
  });
});

describe('officers', () => {
  const elect = (officers: Officer[], more: object = { present: ['p1', 'p2', 'p3'] }, of: GroupEvidence = evidence) =>
    given(...active).when('ElectOfficers', { officers, ...more }, { evidence: of });
  const agm: GroupEvent = {
    type: 'AnnualGeneralMeetingHeld', data: { meetingId: 'm2', on: '2026-11-21', chairedBy: 'p9', present: ['p1', 'p2', 'p3'], quorumMet: true },
  };
  it('GRP-1 are elected by a quorum: of a meeting on record, or of those who are told', () => {
    elect(slate).yields({ type: 'OfficersElected', data: { officers: slate.map(sided) } });
    elect(slate, { present: ['p1'] }).refuses('group.quorum-not-met', 'GRP-1');
    given(...active, agm).when('ElectOfficers', { officers: slate, meetingId: 'm2' }).yieldsTypes('OfficersElected');
    given(...active).when('ElectOfficers', { officers: slate, present: ['p1', 'p2', 'p3'] }, { actor: officer }).refuses('not-permitted');
    given(...active, agm).when('ElectOfficers', { officers: slate, meetingId: 'm9' }).refuses('group.quorum-not-met', 'GRP-1');
  });
  it('GRP-1 an annual meeting needs the quorum and a chair', () => {
    const { quorumMet: _, ...meeting } = agm.data as Extract<GroupEvent, { type: 'AnnualGeneralMeetingHeld' }>['data'];
    given(...active).when('HoldAnnualGeneralMeeting', meeting).yields(agm);
    given(...active).when('HoldAnnualGeneralMeeting', { ...meeting, present: ['p1'] }).refuses('group.quorum-not-met', 'GRP-1');
    given(...active).when('HoldAnnualGeneralMeeting', { ...meeting, chairedBy: undefined }).refuses('group.meeting-without-chair', 'GRP-1');
    given(...active, agm).when('HoldAnnualGeneralMeeting', meeting).refuses('group.meeting-exists');
  });
  it('GRP-2 are not too many, of both sides by the record, and serve; honorary places are not counted', () => {
    elect([...slate, { personId: 'p3', role: 'officer' }, { personId: 'p4', role: 'officer' }, { personId: 'p5', role: 'officer' }]).refuses('group.too-many-officers', 'GRP-2');
    elect([...slate, { personId: 'former', role: 'honorary' }]).yieldsTypes('OfficersElected');
    elect([slate[0]!, { personId: 'p3', role: 'officer', side: 'opposition' }]).refuses('group.officers-not-balanced', 'GRP-2');
    elect([...slate, { personId: 'former', role: 'officer' }]).refuses('group.officer-not-serving', 'PER-2');
    elect([slate[0]!], undefined, with_({ officerBalance: 'none' })).yieldsTypes('OfficersElected');
  });
  it('GRP-3 have one chair, who sits where the rules want it', () => {
    elect([{ personId: 'lord', role: 'chair' }, { personId: 'p1', role: 'officer' }]).refuses('group.chair-of-wrong-chamber', 'GRP-3');
    elect([slate[0]!, { personId: 'p2', role: 'chair' }]).refuses('group.several-chairs', 'GRP-3');
    elect([{ personId: 'lord', role: 'co-chair' }, { personId: 'p1', role: 'co-chair' }]).yieldsTypes('OfficersElected');
  });
  it('GRP-4 are not officers of more groups than allowed', () => {
    elect([slate[0]!, { personId: 'busy', role: 'officer' }]).refuses('group.officer-of-too-many-groups', 'GRP-4');
    given(...active).when('FillVacancy', { personId: 'busy', role: 'officer', on: '2026-11-23' }).refuses('group.officer-of-too-many-groups', 'GRP-4');
  });
  it('GRP-2 a vacancy is filled once', () => {
    const vacancy = { personId: 'p3', role: 'treasurer', on: '2026-11-23' } as const;
    const filled: GroupEvent = { type: 'OfficerAppointed', data: { ...vacancy, side: 'government', chamber: 'XA-LC01' } };
    given(...active).when('FillVacancy', vacancy).yields(filled);
    given(...active, filled).when('FillVacancy', vacancy).changesNothing();
    given(...active).when('FillVacancy', { ...vacancy, personId: 'former' }).refuses('group.officer-not-serving', 'PER-2');
  });
  it('GRP-3 who is responsible stays so until a successor is designated; the end of a mandate waits for nobody', () => {
    const down: GroupEvent = { type: 'OfficerStoodDown', data: { personId: 'p1', role: 'chair', on: '2026-11-23', reason: 'resignation' } };
    given(...active).when('StandDownOfficer', down.data).refuses('group.responsible-needs-successor', 'GRP-3');
    given(...active).when('StandDownOfficer', down.data, { actor: system }).yields(down);
    given(...active).when('StandDownOfficer', { ...down.data, personId: 'p2' }).refuses('group.not-an-officer');
    expect(elect([{ personId: 'p3', role: 'chair' }, slate[1]!]).state.responsible).toBe('p1');
  });
  it('GRP-3 the responsible officer runs the group and sits where the rules want it', () => {
    const designate = (personId: string) => ({ personId, from: '2026-11-23' });
    given(...active).when('DesignateResponsibleOfficer', designate('p2')).yields({ type: 'ResponsibleOfficerDesignated', data: designate('p2') });
    given(...active).when('DesignateResponsibleOfficer', designate('p1')).changesNothing();
    given(...active).when('DesignateResponsibleOfficer', designate('p3')).refuses('group.responsible-not-officer', 'GRP-3');
    const lord: GroupEvent = { type: 'OfficerAppointed', data: { personId: 'lord', role: 'officer', on: '2026-11-23' } };
    given(...active, lord).when('DesignateResponsibleOfficer', designate('lord')).refuses('group.responsible-of-wrong-chamber', 'GRP-3');
  });
  it('G3 come from a source without party, side or quorum', () => {
    const told = { officers: [{ personId: 'p9', role: 'chair' as const, since: '2013-12' }] };
    given(founded).when('ElectOfficers', told, { actor: network, mode: 'import' }).yields({ type: 'OfficersElected', data: told });
    const past: GroupEvent = { type: 'OfficersElected', data: told };
    given(founded, past).when('ElectOfficers', told, { actor: network, mode: 'import' }).changesNothing();
  });
});
