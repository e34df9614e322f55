import { refuse, type Refusal } from '#kernel';
import { addMonths, asDate, dayOf, exactDay, latest } from './days.js';
import type { DataOf } from './events.js';
import type { Mou } from './state.js';

type Effect = DataOf<'MouEnteredIntoEffect'>;
type Notifications = NonNullable<Effect['notifications']>;

/** When it expires if it came into effect then; undefined where the terms set no limit or the day is not known. */
export function expiryFrom(on: string, { duration }: Mou['terms']): string | undefined {
  if (duration?.until !== undefined) return duration.until;
  const day = exactDay(on);
  return duration?.months === undefined || day === null ? undefined : addMonths(day, duration.months);
}

/**
 * Entry into effect by the rule of the instrument (MOU-6): computed from signatures and notifications, never typed.
 * A signature ad referendum counts from its confirmation.
 */
export function entryIntoEffect(state: Mou, now: string, notifications?: Notifications): Effect | Refusal {
  const rule = state.terms.effect;
  if (rule === undefined) return refuse('mou.effect-rule-unknown', {}, 'MOU-6');
  const open = state.signatures.filter((s) => !s.effective).length;
  if (open > 0) return refuse('mou.signatures-unconfirmed', { open }, 'MOU-4');
  const given = state.signatures.map((s) => s.effectiveAt);
  const last = latest(given) ?? now;
  const as = (on: string): Effect => {
    const expiresOn = expiryFrom(on, state.terms);
    return { on, byRule: rule.rule, ...(expiresOn === undefined ? {} : { expiresOn }) };
  };
  switch (rule.rule) {
    case 'last-signature':
      return as(asDate(last));
    case 'n-signatures':
      return as(asDate(given.toSorted()[(rule.n ?? given.length) - 1] ?? last));
    case 'fixed-date': {
      const on = latest([rule.date ?? dayOf(now), asDate(last)]) ?? dayOf(now);
      return on > dayOf(now) ? refuse('mou.effect-not-due', { on }, 'MOU-6') : as(on);
    }
    case 'notifications': {
      const missing = state.participants.filter((g) => !notifications?.some((n) => n.groupId === g));
      if (missing.length > 0) return refuse('mou.notifications-missing', { missing: missing.length }, 'MOU-6');
      const on = latest((notifications ?? []).map((n) => n.receivedOn)) ?? dayOf(now);
      return on > dayOf(now) ? refuse('mou.effect-not-due', { on }, 'MOU-6') : { ...as(on), ...(notifications ? { notifications } : {}) };
    }
  }
}
