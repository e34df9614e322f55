/**
 * What a parliamentarian may let staff do in his or her name, by what it is done to: commands as the record names them.
 * Personal acts are not among them (AUT-1), but for signing where the rules of the chamber allow a proxy; that is refused where they do not.
 */
export const LENDABLE: readonly (readonly [aggregate: string, commands: readonly string[]])[] = [
  ['Mou', ['ProposeMou', 'OpenNegotiation', 'ProposeClause', 'ReviseClause', 'BracketText', 'LiftBrackets', 'AgreeClause', 'ReopenText', 'RecordPartyAuthorisation', 'ProposeMouAmendment', 'ConsentToMouAmendment', 'AddAddendum', 'RequestAccession', 'ConsentToAccession', 'RefuseAccession', 'RenewMou', 'ReviewMou', 'SuspendMou', 'ResumeMou', 'GiveMouNotice', 'AbandonMou']],
  ['Statement', ['ProposeStatement', 'SponsorStatement', 'LeaveSponsorship', 'AppointPenholder', 'StartDrafting', 'AddClause', 'EditClause', 'MoveClause', 'RemoveClause', 'CirculateDraft', 'ProposeAmendment', 'SecondAmendment', 'JoinAmendment', 'WithdrawAmendment', 'AcceptAmendment', 'RejectAmendment', 'ProposeCompromise', 'ConsentToCompromise', 'RefuseCompromise', 'Bracket', 'ResolveBracket', 'MarkClauseAgreed', 'ReopenClause', 'FreezeText', 'SubmitForDecision', 'EndorseAsGroup', 'EnterStatementReservation', 'SetMotionVariant', 'AttachSource', 'LinkFollowUp']],
  ['Group', ['EnrolMember', 'FillVacancy', 'StandDownOfficer', 'DesignateResponsibleOfficer', 'AppointSecretariat', 'EndSecretariat', 'RegisterBenefit', 'HoldAnnualGeneralMeeting', 'PublishIncomeStatement', 'AdoptProgramme', 'RenameGroup', 'Reconstitute']],
  ['DecisionProcedure', ['ExpressSupport', 'EnterReservation', 'ExplainPosition', 'DeclareDisassociation']],
  ['MembershipApplication', ['ExpressInterest', 'SubmitApplication', 'SupplyInformation', 'RaiseObjection', 'WithdrawObjection', 'WithdrawApplication']],
  ['Membership', ['DesignateFocalPoint', 'NotifyWithdrawal', 'RevokeWithdrawal']],
  ['Meeting', ['OpenMeeting', 'RecordInquorate', 'RecordDecision', 'CloseMeeting', 'ApproveMinutes']],
  ['Translation', ['RequestTranslation', 'AnswerQuery', 'DeclareEditorial']],
  ['RecordCorrection', ['ProposeCorrection', 'ObjectToCorrection', 'WithdrawCorrection']],
];
/** One act to whoever gives it, three to the record: by count each signature is the first, one between or the last. */
export const PROXY_ACTS: readonly string[] = ['Mou.SignFirst', 'Mou.SignFurther', 'Mou.SignLast'];
