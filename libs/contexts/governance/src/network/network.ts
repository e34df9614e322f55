import { type Circumstances, CLEAR, defineAggregate, refuse, type Refusal, rowsFor } from '#kernel';
import { dayIn, daysAfter } from '../calendar.js';
import { NetworkEvents, type NetworkSchemas } from './events.js';
import { charterOn, evolveNetwork, initialNetwork, languagesOf, mandateOf, type Network, settingsOf, wordingOf } from './state.js';

export { charterOn, type Network, type Settings, settingsOf } from './state.js';

export interface NetworkEvidence {
  /** The id of this network. */
  readonly id: string;
  /** The decision that a charter amendment cites, as it stands. */
  readonly decision?: { readonly status: string; readonly subject: { readonly type: string; readonly id: string } | null; readonly rule: string | null } | undefined;
  /** Does the acting group belong to those that vote in this network? */
  readonly mayVote: boolean;
  /** The parliament of each group that is named; null where no such group is recorded. */
  readonly parliaments: Readonly<Record<string, string | null>>;
  /** Where a partner is named: is it one of the directory's? */
  readonly partnerListed?: boolean | undefined;
}
const { command, records } = rowsFor<Network, NetworkSchemas, NetworkEvidence>(NetworkEvents);
const schema = NetworkEvents.schema.bind(NetworkEvents) as typeof NetworkEvents.schema;
type Ctx = Circumstances<NetworkEvidence>;

const RULED = ['admission', 'charter', 'statement'];
const unruled = (decisionRules: Readonly<Record<string, string>>) => RULED.filter((question) => !(question in decisionRules));
const rulesMissing = (decisionRules: Readonly<Record<string, string>>) => {
  const missing = unruled(decisionRules);
  return missing.length > 0 && refuse('network.decision-rules-missing', { questions: missing.join(', ') }, 'NET-2');
};
const decided = (amendmentId: string, { decision }: NetworkEvidence, wanted: 'adopted' | 'rejected'): (Refusal | false)[] => [
  decision?.status !== wanted && refuse('network.decision-missing', { wanted }, 'NET-2'),
  decision !== undefined && (decision.subject?.type !== 'charter-amendment' || decision.subject.id !== amendmentId) &&
    refuse('network.decision-of-another-subject', {}, 'NET-2'),
];
/** The majority that the charter in force asks for, or a stricter one that was asked of everybody. */
function qualified(state: Network, { evidence: { decision }, now }: Ctx) {
  const wanted = charterOn(state, dayIn(now))?.decisionRules['charter'] ?? 'two-thirds';
  const enough = [wanted, 'unanimity', 'consensus'].includes(decision?.rule ?? '');
  return decision !== undefined && !enough && refuse('network.qualified-majority-needed', { rule: wanted }, 'NET-3');
}
/** What is said of a seat's parliament is what the directory says of its group. */
const misplaced = (seats: readonly { groupId: string; parliamentId: string }[], { parliaments }: NetworkEvidence) => {
  const wrong = seats.find((s) => parliaments[s.groupId] !== s.parliamentId);
  return wrong !== undefined && refuse('network.other-parliament', { group: wrong.groupId }, 'NET-5');
};
const repeats = (ids: readonly string[]) => new Set(ids).size < ids.length;
/** Who holds the chair, in whatever order the seats are named. */
const heldBy = (seats: Network['chairs']) => seats.map((s) => `${s.parliamentId} ${s.groupId} ${s.personId}`).toSorted().join(', ');
/** Language tags do not differ by case. */
const languageTwice = (...lists: readonly (readonly string[])[]) =>
  lists.some((list) => repeats(list.map((tag) => tag.toLowerCase()))) && refuse('network.language-twice', {}, 'NET-4');
/** Its own ids only, not what every object answers to. */
const isOpen = ({ amendments }: Network, id: string) => Object.hasOwn(amendments, id);

export const network = defineAggregate<Network, NetworkSchemas, NetworkEvidence>({
  name: 'Network',
  category: 'network',
  events: NetworkEvents,
  states: ['none', 'initiative', 'constituted', 'dissolved'],
  terminal: ['dissolved'],
  initial: initialNetwork,
  invariants: {
    'NET-1': 'Before a charter exists the only founding acts are bilateral instruments and a designated secretariat.',
    'NET-2': 'Every decision cites the charter version and the rule under which it was taken.',
    'NET-3': 'A charter amendment needs notice and the qualified majority, takes effect on a stated day and never changes past decisions.',
    'NET-4': 'Official and working languages are separate lists; removing one does not touch earlier texts.',
    'NET-5': 'The chair rotates or is shared across parliaments; no parliament holds more than one chair seat at a time.',
  },

  commands: {
    LaunchInitiative: command({
      by: ['NetSec'], from: ['none'], to: 'initiative', emits: ['NetworkInitiativeLaunched'], guards: ['NET-1'], input: schema('NetworkInitiativeLaunched'),
      decide: (input, _, { evidence }) =>
        input.networkId === evidence.id ? [{ type: 'NetworkInitiativeLaunched', data: input }] : refuse('network.other-id', { id: evidence.id }),
    }),
    DesignateSecretariat: command({
      by: ['NetSec', 'Steering'], from: ['initiative', 'constituted'], to: 'same', emits: ['NetworkSecretariatDesignated'], guards: ['NET-1'],
      input: schema('NetworkSecretariatDesignated'),
      guard: ({ partnerId }, _, { evidence }) => (evidence.partnerListed ? undefined : refuse('network.unknown-partner', { partner: partnerId }, 'NET-1')),
      decide: (input, state) => (state.secretariat === mandateOf(input) ? [] : [{ type: 'NetworkSecretariatDesignated', data: input }]),
    }),
    AdoptCharter: records('CharterAdopted', {
      by: ['Steering'], from: ['initiative'], to: 'constituted', guards: ['NET-2', 'NET-4'],
      guard: ({ decisionRules, categories, languages }) => [
        languageTwice(languages.official, languages.working),
        rulesMissing(decisionRules),
        !categories.includes('full') && refuse('network.nobody-could-vote', {}, 'NET-2'),
      ],
    }),
    ProposeCharterAmendment: command({
      by: ['Member'], from: ['constituted'], to: 'same', emits: ['CharterAmendmentProposed'], guards: ['NET-3'],
      // Left out, notice ends on the first day that the rules allow. Of the past a source tells it, and who proposed.
      input: schema('CharterAmendmentProposed')
        .omit({ amendmentId: true })
        .partial({ noticeUntil: true })
        .extend({ proposers: schema('CharterAmendmentProposed').shape.proposers.optional().meta({ import: true }) }),
      guard: ({ noticeUntil }, state, { now, actor, evidence }) => {
        const { amendmentNoticeDays: days } = settingsOf(state).periods;
        const first = daysAfter(dayIn(now), days);
        return [
          (!evidence.mayVote || !['chair', 'officer'].includes(actor.capacity)) && refuse('network.not-a-voting-member', {}, 'NET-3'),
          noticeUntil !== undefined && noticeUntil < first && refuse('network.notice-too-short', { days, first }, 'NET-3'),
        ];
      },
      decide: ({ text, noticeUntil: until, proposers: told }, state, { newId, actor, now, mode }) => {
        const imported = mode === 'import';
        const noticeUntil = until ?? (imported ? undefined : daysAfter(dayIn(now), settingsOf(state).periods.amendmentNoticeDays));
        const proposers = imported ? told : actor.onBehalfOf === undefined ? undefined : [actor.onBehalfOf];
        if (imported && (noticeUntil === undefined || proposers === undefined)) return refuse('network.amendment-not-told', {}, 'G3');
        if (noticeUntil === undefined || proposers === undefined) return refuse('network.not-a-voting-member', {}, 'NET-3');
        const open = Object.values(state.amendments).some(({ wording }) => wording === wordingOf({ text, proposers }));
        return open ? [] : [{ type: 'CharterAmendmentProposed', data: { amendmentId: newId(0), text, proposers, noticeUntil } }];
      },
    }),
    AdoptCharterAmendment: command({
      by: ['Steering'], from: ['constituted'], to: 'same', emits: ['CharterAmended'], guards: ['NET-3'], input: schema('CharterAmended'),
      guard: ({ amendmentId, effectiveOn, decisionRules, categories }, state, ctx) => {
        const [today, notice] = [dayIn(ctx.now), state.amendments[amendmentId]?.noticeUntil ?? ''];
        return [
          ...decided(amendmentId, ctx.evidence, 'adopted'),
          qualified(state, ctx),
          notice > today && refuse('network.notice-runs', { until: notice }, 'NET-3'),
          effectiveOn < today && refuse('network.effect-in-past', { on: effectiveOn }, 'NET-3'),
          decisionRules !== undefined && rulesMissing(decisionRules),
          categories !== undefined && !categories.includes('full') && refuse('network.nobody-could-vote', {}, 'NET-2'),
        ];
      },
      decide: (input, state) => {
        if (!isOpen(state, input.amendmentId)) return refuse('network.no-such-amendment', {}, 'NET-3');
        if (state.charters.some((c) => c.version === input.newVersion)) return refuse('network.version-exists', { version: input.newVersion }, 'NET-2');
        return [{ type: 'CharterAmended', data: input }];
      },
    }),
    RejectCharterAmendment: command({
      by: ['Steering'], from: ['constituted'], to: 'same', emits: ['CharterAmendmentRejected'], guards: ['NET-3'], input: schema('CharterAmendmentRejected'),
      guard: ({ amendmentId }, _, { evidence }) => decided(amendmentId, evidence, 'rejected'),
      decide: (input, state) =>
        isOpen(state, input.amendmentId) ? [{ type: 'CharterAmendmentRejected', data: input }] : refuse('network.no-such-amendment', {}, 'NET-3'),
    }),
    AdoptRulesOfProcedure: command({
      by: ['Steering'], from: ['constituted'], to: 'same', emits: ['RulesOfProcedureAdopted'], guards: ['NET-2'], input: schema('RulesOfProcedureAdopted'),
      guard: ({ rules: { silence, quietWindows = [] } }) => [
        (silence.minHours > silence.defaultHours || silence.crisisHours > silence.minHours) && refuse('network.silence-periods', {}, 'NET-2'),
        quietWindows.some((w) => w.to < w.from) && refuse('network.quiet-window-reversed', {}, 'NET-2'),
      ],
      decide: (input, state) =>
        state.rulesVersions.includes(input.version)
          ? refuse('network.version-exists', { version: input.version }, 'NET-2')
          : [{ type: 'RulesOfProcedureAdopted', data: input }],
    }),
    DesignateLanguages: command({
      by: ['Steering'], from: ['initiative', 'constituted'], to: 'same', emits: ['OfficialLanguagesDesignated'], guards: ['NET-4'],
      input: schema('OfficialLanguagesDesignated'),
      guard: ({ official, working }) => [languageTwice(official, working)],
      decide: (input, state) => (state.languages === languagesOf(input) ? [] : [{ type: 'OfficialLanguagesDesignated', data: input }]),
    }),
    ElectSteeringCommittee: command({
      by: ['Plenary'], from: ['constituted'], to: 'same', emits: ['SteeringCommitteeElected'], guards: ['NET-5'], input: schema('SteeringCommitteeElected'),
      guard: ({ seats }, _, { evidence }) => [
        repeats(seats.map((s) => s.personId)) && refuse('network.seat-held-twice', {}, 'NET-5'),
        misplaced(seats, evidence),
      ],
      decide: (input, state) =>
        state.steering === JSON.stringify([input.seats, input.term]) ? [] : [{ type: 'SteeringCommitteeElected', data: input }],
    }),
    RotateChair: command({
      by: ['Steering'], from: ['constituted'], to: 'same', emits: ['NetworkChairRotated'], guards: ['NET-5'], input: schema('NetworkChairRotated').omit({ from: true }),
      guard: ({ to }, _, { evidence }) => [
        repeats(to.map((c) => c.personId)) && refuse('network.seat-held-twice', {}, 'NET-5'),
        repeats(to.map((c) => c.parliamentId)) && refuse('network.parliament-chairs-twice', {}, 'NET-5'),
        misplaced(to, evidence),
      ],
      decide: (input, state) =>
        heldBy(input.to) === heldBy(state.chairs) ? [] : [{ type: 'NetworkChairRotated', data: { from: state.chairs, ...input } }],
    }),
    EstablishRegionalChapter: command({
      by: ['Steering'], from: ['constituted'], to: 'same', emits: ['RegionalChapterEstablished'], input: schema('RegionalChapterEstablished'),
      decide: (input, state) =>
        state.chapters.includes(input.m49) ? refuse('network.chapter-exists', { region: input.m49 }) : [{ type: 'RegionalChapterEstablished', data: input }],
    }),
    DissolveNetwork: records('NetworkDissolved', { by: ['Plenary'], from: ['initiative', 'constituted'], to: 'dissolved' }),
  },

  basis: (state, { now }) => ({ charterVersion: charterOn(state, dayIn(now))?.version, rulesVersion: state.rulesVersions.at(-1) }),
  evolve: evolveNetwork,
  groups: () => [],
  label: () => CLEAR,
});
