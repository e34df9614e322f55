import { fold, type Row, type View } from '#kernel';
import { NOW } from '#kernel/testing';
import {
  actors, amended, amendment, charter, constituted, designated, happened, launch, launched, procedure, proposed, rotated, seatOf, text,
} from '../network/fixtures.contract.js';
import type { NetworkEvent } from '../network/events.js';
import { network } from '../network/network.js';
import { type NetworkDoc, networks } from './networks.view.js';

const stateOf = (events: readonly NetworkEvent[]) => events.reduce((s, e) => network.evolve[e.type](s, e.data as never), network.initial);
const folded = (events: readonly NetworkEvent[]): Row<NetworkDoc> =>
  events.reduce<Row<NetworkDoc> | null>((row, e, i) => {
    const label = network.label(stateOf(events), e);
    const meta = { recordedAt: NOW, actor: actors.chair, mode: 'live' as const, label, commandId: `c${i}`, correlationId: `c${i}` };
    const at = { id: `e${i}`, stream: 'network-net', category: 'network', streamId: 'net', revision: i + 1, position: String(i + 1) };
    return fold(networks as View<NetworkDoc>, row, { ...e, ...at, meta });
  }, null)!;
const doc = (...events: NetworkEvent[]) => folded(events).doc;
const duties = (...events: NetworkEvent[]) => networks.duties!(doc(...events)).map((d) => `${d.kind} ${d.holder} ${d.command} ${d.deadline ?? '-'}`);

const named = happened('NetworkSecretariatDesignated', { partnerId: 'x-office', from: '2026-01', mandate: 'Registrar' });
const ruled = happened('RulesOfProcedureAdopted', procedure);
const adopted = happened('CharterAmended', { ...amended, categories: ['full'] });
const dissolved = happened('NetworkDissolved', { on: '2031-12-31', archiveCustodian: 'National archives' });
const chapter = { m49: '202', members: ['g-r'], seat: 'Kigali' };

describe('the page of a network', () => {
  it('handles every event', () => expect(Object.keys(networks.on).toSorted()).toEqual(network.events.names.toSorted()));
  it('stands in the state of the aggregate after every event', () => {
    const life: NetworkEvent[] = [
      launched, named, ...proposed.slice(1), adopted, ruled, rotated, happened('RegionalChapterEstablished', chapter), dissolved,
    ];
    for (let n = 1; n <= life.length; n++) {
      const { status, chairs, charters, secretariat } = stateOf(life.slice(0, n));
      expect(doc(...life.slice(0, n))).toMatchObject({ status, chairs, charters, secretariat: secretariat && named.data });
    }
  });
  it('NET-1 begins with names and aims, and waits for its secretariat', () => {
    expect(doc(launched)).toMatchObject({ status: 'initiative', names: launch.names, launchedOn: '[2013-12..2014]', charter: null, secretariat: null });
    expect(duties(launched)).toEqual(['network-designate-secretariat network-secretariat DesignateSecretariat -']);
    expect(duties(launched, named)).toEqual([]);
  });
  it('NET-3 shows every version of the charter, and what became of each amendment', () => {
    const open = doc(...proposed);
    expect(open.amendments).toEqual([{ ...amendment, outcome: 'open', decisionRef: null }]);
    expect(doc(...proposed, adopted)).toMatchObject({
      charter: { version: '2', effectiveOn: '2027-01-01', categories: ['full'], decisionRules: charter.decisionRules, documentRef: charter.documentRef },
      charters: [{ version: '1', categories: charter.categories }, { version: '2', categories: ['full'] }], amendments: [{ outcome: 'adopted', decisionRef: 'd1' }],
    });
    const second = happened('CharterAmendmentProposed', { ...amendment, amendmentId: 'a2', text });
    const after = doc(...proposed, second, happened('CharterAmendmentRejected', { amendmentId: 'a2', decisionRef: 'd2' }));
    expect(after.amendments.map((a) => [a.outcome, a.decisionRef])).toEqual([['open', null], ['rejected', 'd2']]);
  });
  it('NET-4 shows official and working languages apart', () => {
    expect(doc(...constituted).languages).toEqual(charter.languages);
    expect(doc(...constituted, happened('OfficialLanguagesDesignated', { ...designated, official: ['fr'] })).languages)
      .toEqual({ official: ['fr'], working: designated.working });
  });
  it('NET-5 shows who sits where', () => {
    const elected = happened('SteeringCommitteeElected', { seats: [{ ...seatOf('p'), region: 'Europe' }, seatOf('q')], term: '2026 to 2028' });
    expect(doc(...constituted, rotated, elected, happened('RegionalChapterEstablished', chapter))).toMatchObject({
      chairs: [seatOf('p')], steering: [{ ...seatOf('p'), region: 'Europe' }, { ...seatOf('q'), region: null }], steeringTerm: '2026 to 2028', chapters: [chapter],
    });
  });
  it('says what waits for its chair, until it is dissolved', () => {
    const past = [launched, named, ...proposed.slice(1)];
    expect(duties(...past)).toEqual([
      'network-decide-amendment network-chair AdoptCharterAmendment 2026-11-20T23:59:59Z', 'network-adopt-rules network-chair AdoptRulesOfProcedure -',
      'network-seat-chair network-chair RotateChair -',
    ]);
    expect(duties(...past, adopted, ruled, rotated)).toEqual([]);
    expect(duties(...past, dissolved)).toEqual([]);
    expect(doc(...past, dissolved)).toMatchObject({ status: 'dissolved', dissolvedOn: '2031-12-31', archiveCustodian: 'National archives' });
  });
  it('is read by everyone, named in every language and found by its words', () => {
    const page = doc(...constituted, happened('RegionalChapterEstablished', chapter));
    expect(folded(constituted).label.tlp).toBe('CLEAR');
    expect(networks.title!(page)).toEqual(launch.names);
    expect(networks.words!(page)).toBe('To act before it happens. Kigali');
    expect(networks.columns!['status']!(page)).toBe('constituted');
  });
  it('is not made by an event that comes without its beginning', () => {
    for (const { type, data } of [named, ...constituted.slice(1), adopted, ruled, rotated, dissolved])
      expect(networks.on[type]!(null, data as never, {} as never)).toBeNull();
  });
});
