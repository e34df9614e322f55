/** Commands of the catalogue that are not in this first form, with the issue that brings them. */
export const notYet: readonly { readonly command: string; readonly issue: 5 }[] = ['PlaceUnderEmbargo', 'AdmitToEmbargo', 'RecordEmbargoBreach', 'ChangeEmbargo', 'AddLanguageVersion'].map((command) => ({
  command,
  issue: 5,
}));
