import { begunBy, type FollowUp, type Reaction } from '#kernel';
import { chamberProfile } from '../data/chamber-profiles.js';
import { standing } from '../statement/state.js';
import { statement } from '../statement/statement.js';
import type { PledgeDoc } from '../views/pledges.view.js';

/**
 * Who takes executive office leaves the lists that are open where the rules of the chamber say so (PER-6); where they say nothing the
 * signature stays as it was on its day. An office that begins on a later day is met at signing only.
 */
export const whenOfficeTaken: Reaction = {
  name: 'when-office-taken',
  on: {
    ExecutiveOfficeAssumed: async ({ data, streamId: personId, meta }, world) => {
      const { office, from } = data as { office: string; from: string };
      const today = meta.recordedAt.slice(0, 10);
      if (!begunBy(from, today)) return [];
      const pledges = await world.rows<PledgeDoc>('pledges', { person: personId, status: 'signed' });
      const due = await Promise.all(
        pledges.map(async ({ doc }): Promise<FollowUp[]> => {
          const { kind, signatures } = await world.state(statement, doc.statementId);
          const own = standing(signatures).find((s) => s.personId === personId);
          const profile = own?.snapshot.chamber === undefined ? undefined : chamberProfile(own.snapshot.chamber, kind, today);
          if (!profile?.executiveOffice.removed) return [];
          return [{ aggregate: 'Statement', id: doc.statementId, command: 'RemoveSignature', input: { personId, because: 'executive-office', office } }];
        }),
      );
      return due.flat();
    },
  },
};
