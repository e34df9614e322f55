/** Commands whose repetition is a further act of its own and so is recorded, each with the reason. */
export const AGAIN: Readonly<Record<string, string>> = {
  'Parliament.PublishSittingCalendar': 'A calendar is published anew whenever the parliament does, also unchanged; the state keeps none of it.',
  'Person.VerifyIdentity': 'Each verification is evidence of its own, with its day and its verifier.',
  'Person.DeclareLanguages': 'A declaration stands for the day on which it was made; the state keeps none of it.',
  'Statement.AddClause': 'Two clauses may have the same words: each gets an id of its own.',
  'Statement.MarkClauseAgreed': 'A clause is agreed ad referendum again whenever the groups that it waits for change; the state keeps no list of them.',
  'ClauseText.RestText': 'Asking for a version again is heard again: in the negotiation a translation is done only when its writer says so.',
};
