import { refuse } from '#kernel';
import type { DecisionEvent } from './events.js';
import { type Ctx, event, forMember, part, schema, speaks } from './rules.js';
import { type DecisionProcedure, wording } from './state.js';

/** DEC-7: what a member says beside the decision. It changes no count and blocks nothing. */
const sayOnce = (state: DecisionProcedure, ctx: Ctx, make: (by: string) => DecisionEvent) =>
  forMember(state, ctx, (by) => {
    const said = make(by);
    return state.said.includes(wording(said)) ? [] : [said];
  });

export const EnterReservation = part({
  input: schema('ReservationEntered').omit({ by: true }),
  guard: (_, __, { actor }) => speaks(actor),
  decide: (input, state, ctx) => sayOnce(state, ctx, (by) => event('ReservationEntered', { by, ...input })),
});

export const ExplainPosition = part({
  input: schema('ExplanationOfPositionEntered').omit({ by: true }),
  guard: (_, __, { actor }) => speaks(actor),
  decide: (input, state, ctx) => sayOnce(state, ctx, (by) => event('ExplanationOfPositionEntered', { by, ...input })),
});

export const DeclareDisassociation = part({
  input: schema('DisassociationDeclared').omit({ by: true }),
  guard: (_, __, { actor }) => speaks(actor),
  decide: (input, state, ctx) =>
    state.disassociated.includes(ctx.actor.onBehalfOf ?? '')
      ? refuse('decision.disassociated-already', {}, 'DEC-7')
      : sayOnce(state, ctx, (by) => event('DisassociationDeclared', { by, ...input })),
});
