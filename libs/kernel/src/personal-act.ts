import { z } from 'zod';

/** What a person does in person and no authority carries, unless the rules of the chamber allow a proxy (AUT-1). */
export const PersonalAct = z.enum(['sign', 'vote', 'break-silence', 'authorise', 'grant-authority']);
export type PersonalAct = z.output<typeof PersonalAct>;

/** What decides whether a command can be given in another's name: of a command's row. */
export interface Delegable {
  readonly personal?: PersonalAct;
  readonly proxy?: boolean;
}
