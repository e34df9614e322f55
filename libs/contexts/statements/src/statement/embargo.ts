import { CLEAR, GREEN, type Label, refuse, type Refusal } from '#kernel';
import { z } from 'zod';
import { StatementEvents } from './events.js';
import { releaseObstacles } from './obstacles.js';
import { event, isBefore, part } from './rules.js';
import { When } from './schemas.js';
import { type Embargo, isSecret, type Statement, standing } from './state.js';

const schema = StatementEvents.schema.bind(StatementEvents) as typeof StatementEvents.schema;

/** Does it still hold? The instant ends it, and so does a breach (domain.md 4.4). */
export const embargoHolds = (embargo: Embargo | null, now: string): boolean => embargo !== null && !embargo.breached && isBefore(now, embargo.until);

const past = (until: { readonly instant: string }, now: string): Refusal | undefined =>
  isBefore(now, until.instant) ? undefined : refuse('statement.deadline-past', { deadline: until.instant }, 'G7');
const lifted = (): Refusal => refuse('statement.embargo-lifted', {}, 'STM-8');

/** Ready to be released but for the instant: what is asked then is asked now, and once more at the release. */
export const PlaceUnderEmbargo = part({
  input: schema('EmbargoSet').omit({ digest: true }),
  guard: ({ until }, state, { now }) => [past(until, now), ...releaseObstacles(state)],
  decide: ({ until, list }, { frozen, leadLanguage }) =>
    frozen === null ? refuse('statement.no-whole-text', { lang: leadLanguage }, 'STM-5') : [event('EmbargoSet', { until, list: unique(list), digest: frozen.digest })],
});

const unique = ({ groups, persons }: z.output<typeof StatementEvents.schemas.EmbargoSet>['list']) => ({ groups: [...new Set(groups)], persons: [...new Set(persons)] });

export const AdmitToEmbargo = part({
  input: schema('EmbargoAccessGranted'),
  decide: ({ to, purpose }, { embargo }) => {
    const { groups, persons } = unique(to);
    const fresh = { groups: groups.filter((g) => !embargo?.groups.includes(g)), persons: persons.filter((p) => !embargo?.persons.includes(p)) };
    return fresh.groups.length + fresh.persons.length === 0 ? [] : [event('EmbargoAccessGranted', { to: fresh, purpose })];
  },
});

export const RecordEmbargoBreach = part({
  input: z.object({ how: schema('EmbargoBreached').shape.how, at: When.optional() }),
  decide: ({ how, at }, { embargo }, { now }) => (embargo?.breached ? [] : [event('EmbargoBreached', { how, at: at ?? now })]),
});

export const ChangeEmbargo = part({
  input: schema('EmbargoChanged').omit({ digest: true }),
  guard: ({ until }, { embargo }, { now }) => [past(until, now), embargo?.breached ? lifted() : undefined],
  decide: ({ until }, { embargo }) => (embargo === null ? lifted() : embargo.until === until.instant ? [] : [event('EmbargoChanged', { until, digest: embargo.digest })]),
});

/**
 * Who reads an act: its sponsors, then the network, under embargo those whose text it is with those on the list, in the end anyone (STM-8).
 * Those who signed are party to it: they keep their way to the text, and to withdraw; not where it is still private who they are.
 */
export function audienceOf(state: Statement): Label {
  const { reach, sponsors, embargo, endorsements, signatures } = state;
  if (reach === 'public') return CLEAR;
  if (embargo !== null) {
    const signed = isSecret(state) ? [] : standing(signatures).map((s) => s.personId);
    const persons = [...new Set([...embargo.persons, ...signed])];
    return { tlp: 'AMBER', groups: [...new Set([...sponsors, ...endorsements, ...embargo.groups])], persons };
  }
  return reach === 'network' ? GREEN : { tlp: 'AMBER', groups: [...sponsors] };
}
