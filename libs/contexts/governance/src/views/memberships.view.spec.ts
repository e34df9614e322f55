import { fold, type Row, type View } from '#kernel';
import { NOW } from '#kernel/testing';
import type { MembershipEvent } from '../membership/events.js';
import {
  activated, actors, alerted, focal, grounds, happened, inAbeyance, inTransition, leaving, report, reviewOn, suspended, watched,
} from '../membership/fixtures.contract.js';
import { membership } from '../membership/membership.js';
import { type MembershipDoc, memberships } from './memberships.view.js';

const stateOf = (events: readonly MembershipEvent[]) => events.reduce((s, e) => membership.evolve[e.type](s, e.data as never), membership.initial);
const folded = (events: readonly MembershipEvent[], validTime?: string): Row<MembershipDoc> =>
  events.reduce<Row<MembershipDoc> | null>((row, e, i) => {
    const meta = {
      recordedAt: NOW, actor: actors.steering, mode: 'live' as const, label: membership.label(stateOf(events), e), commandId: `c${i}`, correlationId: `c${i}`,
      ...(validTime === undefined ? {} : { validTime }),
    };
    const at = { id: `e${i}`, stream: 'membership-m1', category: 'membership', streamId: 'm1', revision: i + 1, position: String(i + 1) };
    return fold(memberships as View<MembershipDoc>, row, { ...e, ...at, meta });
  }, null)!;
const doc = (...events: MembershipEvent[]) => folded(events).doc;
const duties = (...events: MembershipEvent[]) => memberships.duties!(doc(...events)).map((d) => `${d.kind} ${d.holder} ${d.command ?? '-'} ${d.deadline ?? '-'}`);

const named = happened('FocalPointDesignated', focal);
const resumed = happened('MembershipResumed', { on: '2027-01-10' });
const reinstated = happened('MembershipReinstated', { decisionRef: 'd5', effectiveAt: '2027-02-15T10:30:00Z' });
const revoked = happened('WithdrawalRevoked', { on: '2026-12-01' });
const lifted = happened('WatchLifted', { decisionRef: 'd3' });
const lives: Record<string, MembershipEvent[]> = {
  'the ladder': [...watched, ...alerted.slice(1), lifted, ...suspended.slice(1), ...inTransition.slice(-1), reinstated],
  abeyance: [...inAbeyance(), resumed],
  'the end of abeyance': [...inAbeyance(), happened('MembershipEnded', { reason: 'Not constituted anew', on: '2027-06-01' })],
  'a notice that is revoked': [...leaving('2027-02-23', alerted), revoked],
  'a withdrawal': [...leaving(), happened('MembershipWithdrawn', { effectiveOn: '2027-02-23' })],
  'an expulsion': [...suspended, happened('MemberExpelled', { decisionRef: 'd6', effectiveOn: '2026-11-23' })],
};

describe('the page of a member', () => {
  it('handles every event', () => expect(Object.keys(memberships.on).toSorted()).toEqual(membership.events.names.toSorted()));
  it.each(Object.entries(lives))('stands in the state of the aggregate through %s', (_, life) => {
    for (let n = 1; n <= life.length; n++) {
      const { status, category, withdrawsOn, beforeNotice, suspendedFrom } = stateOf(life.slice(0, n));
      const page = doc(...life.slice(0, n));
      expect(page).toMatchObject({ status, category });
      expect(page.standings.at(-1)?.status).toBe(status);
      if (!membership.terminal.includes(status)) expect(page).toMatchObject({ withdrawsOn, beforeNotice, suspendedFrom });
    }
  });
  it('MEM-2 keeps every standing, its day and its decision', () => {
    const page = doc(...lives['the ladder']!);
    expect(page.standings).toEqual([
      { status: 'active', on: '2026-01-15', decisionRef: null },
      { status: 'watch', on: '2026-11-23', decisionRef: null },
      { status: 'alert', on: '2026-11-23', decisionRef: 'd-alert' },
      { status: 'active', on: '2026-11-23', decisionRef: 'd3' },
      { status: 'suspended', on: '2026-11-20', decisionRef: 'd-suspend' },
      { status: 'transition', on: '2026-11-23', decisionRef: null },
      { status: 'active', on: '2027-02-15', decisionRef: 'd5' },
    ]);
    expect(page).toMatchObject({ grounds: [], benchmarks: [], reviewOn: null, rightsWithheld: [] });
    expect(page).not.toHaveProperty('decisionRef');
    expect(folded(watched, '2016-03').doc.standings.at(-1)).toEqual({ status: 'watch', on: '2016-03', decisionRef: null });
  });
  it('MEM-2 reminds the chair of the review', () => {
    expect(duties(...watched, named)).toEqual(['membership-review network-chair - 2027-02-15T23:59:59Z']);
    expect(duties(...inTransition)).toEqual(['membership-review network-chair - 2027-02-15T23:59:59Z']);
    expect(duties(...suspended)).toEqual([]);
    expect(duties(...watched, named, lifted)).toEqual([]);
  });
  it('MEM-3 shows which rights are withheld from when, and why', () =>
    expect(doc(...suspended)).toMatchObject({ suspendedFrom: '2026-11-20T12:00:00Z', rightsWithheld: ['vote', 'sign', 'draft'], grounds, reviewOn: null }));
  it('MEM-4 tells the chair of the group until when notice can be revoked', () => {
    expect(duties(...leaving('2027-02-23', [activated(), named]))).toEqual(['membership-notice chair:g-p RevokeWithdrawal 2027-02-23T00:00:00Z']);
    expect(duties(...leaving('2027-02-23', [activated(), named]), revoked)).toEqual([]);
    expect(doc(...leaving('2027-02-23', alerted), revoked)).toMatchObject({ status: 'alert', reviewOn, grounds });
  });
  it('of the past says of a notice what its source says', () => {
    const on = (notifiedAt: string) => doc(activated(), happened('WithdrawalNotified', { notifiedAt, effectiveOn: '2016-12-31' })).standings.at(-1)?.on;
    expect(['2016-09-30T10:00:00Z', '2016-09-30', 'XXXX'].map(on)).toEqual(['2016-09-30', '2016-09-30', 'XXXX']);
  });
  it('MEM-5 shows grace, after which the chair decides', () => {
    expect(doc(...inAbeyance())).toMatchObject({ status: 'abeyance', abeyance: { cause: 'parliament-dissolved', graceUntil: '2027-05-30' } });
    expect(duties(...inAbeyance())).toEqual(['membership-grace network-chair EndFromAbeyance 2027-05-30T23:59:59Z']);
    expect(duties(...inAbeyance('2027-05'))).toEqual(['membership-grace network-chair EndFromAbeyance 2027-05-31T23:59:59Z']);
    expect(duties(...inAbeyance('XXXX'))).toEqual([]);
    expect(doc(...inAbeyance(), resumed)).toMatchObject({ status: 'active', abeyance: null });
  });
  it('MEM-6 asks the group for a focal point, and for a deputy', () => {
    const { deputyId: _, ...alone } = focal;
    expect(duties(activated())).toEqual(['membership-focal-point officer:g-p DesignateFocalPoint -']);
    expect(duties(activated(), happened('FocalPointDesignated', alone))).toEqual(['membership-deputy officer:g-p DesignateFocalPoint -']);
    expect(duties(activated(), named)).toEqual([]);
  });
  it('asks nothing of those that are gone', () => {
    for (const life of ['the end of abeyance', 'a withdrawal', 'an expulsion']) expect(duties(...lives[life]!)).toEqual([]);
    expect(doc(...lives['an expulsion']!)).toMatchObject({ endedOn: '2026-11-23', reviewOn: null });
  });
  it('is read by everyone, named as the group was called and listed by its columns', () => {
    const changed = happened('MembershipCategoryChanged', { from: 'full', to: 'observer', decisionRef: 'd1', effectiveOn: '2026-11-23' });
    const page = doc(activated(), happened('AnnualReportFiled', report), changed);
    expect(folded(watched).label.tlp).toBe('CLEAR');
    expect(memberships.title!(page)).toEqual({ en: 'Group for Prevention' });
    expect(memberships.words!(doc(...watched))).toBe(`g-p net ${grounds[0]}`);
    expect(page.reports).toEqual([report]);
    expect(Object.values(memberships.columns!).map((column) => column(page))).toEqual(['active', 'g-p', 'net', 'observer']);
  });
});
