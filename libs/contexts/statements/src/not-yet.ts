/** Commands of the catalogue that are not in this form yet, with the issue that brings them: none is left. */
export const notYet: readonly { readonly command: string; readonly issue: 5 }[] = [];
