/** Commands of the catalogue that are not in this first form, with the issue that brings them. */
export const notYet: readonly { readonly command: string; readonly issue: 4 | 5 }[] = [
  ...([
    'ProposeAmendment', 'SecondAmendment', 'AcceptAmendment', 'AcceptAmendmentModified', 'RejectAmendment', 'WithdrawAmendment', 'MarkAmendmentFallen',
    'Bracket', 'ResolveBracket', 'AttachSource', 'ClearSource', 'OverrideCharacterisation',
  ] as const).map((command) => ({ command, issue: 4 as const })),
  ...(['PlaceUnderEmbargo', 'AdmitToEmbargo', 'RecordEmbargoBreach', 'ChangeEmbargo', 'AddLanguageVersion'] as const).map((command) => ({
    command,
    issue: 5 as const,
  })),
];
