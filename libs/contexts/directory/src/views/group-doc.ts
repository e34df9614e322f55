import type { Multilingual, Source } from '#kernel';
import type { GroupEvent, Officer } from '../group/events.js';
import type { Group } from '../group/state.js';

type Data<T extends GroupEvent['type']> = Extract<GroupEvent, { type: T }>['data'];
export interface GroupDoc {
  status: Group['status'];
  groupId: string;
  parliamentId: string;
  names: Multilingual;
  abbreviations: Multilingual;
  formerNames: readonly { names: Multilingual; until: string }[];
  purpose: Multilingual;
  foundedOn: string | null;
  /** Since when its present term has run; null while it has none, or where that is not known. */
  activeSince: string | null;
  recognition: string | null;
  sources: readonly Source[];
  confidence: string | null;
  promoters: readonly string[];
  members: readonly { personId: string; status: string; on: string; leftOn: string | null; reason: string | null }[];
  officers: readonly (Officer & { electedOn: string | null })[];
  formerOfficers: readonly { personId: string; role: string; since: string | null; until: string; reason: string }[];
  responsible: string | null;
  termEndsOn: string | null;
  secretariats: readonly (Pick<Data<'SecretariatAppointed'>, 'partnerId' | 'services' | 'from'> & {
    fundedBy: Data<'SecretariatAppointed'>['fundedBy'] | null;
    dueDiligence: Data<'SecretariatAppointed'>['dueDiligence'] | null;
    until: string | null;
  })[];
  benefits: readonly Data<'BenefitRegistered'>[];
  /** Its duties in this term, where its rules know a threshold. */
  tier: 'basic' | 'higher' | null;
  meetings: readonly { id: string; kind: 'inaugural' | 'agm'; on: string; chairedBy: string | null; present: readonly string[]; quorumMet: boolean | null }[];
  incomeStatements: readonly Data<'IncomeStatementPublished'>[];
  programmes: readonly Data<'ProgrammeOfWorkAdopted'>[];
  concerns: readonly { rule: string; detail: string; dueOn: string; resolution: string | null }[];
  dormant: { cause: string; since: string } | null;
  terms: readonly { term: string; on: string }[];
  endedOn: string | null;
}
