/** Which text is meant: of what document, which clause, in which language; a draft's own copy where `draft` is named. */
export interface CellRef {
  readonly document: { readonly type: 'statement' | 'mou'; readonly id: string };
  readonly clauseId: string;
  readonly lang: string;
  readonly draft?: { readonly draftId: string; readonly groupId: string } | null | undefined;
}

const LONGEST_ID = 64;

/** The one id of a text: the same for everybody, so that two who begin at once begin the same one. */
export const cellId = ({ clauseId, lang, draft }: CellRef): string =>
  (draft ? `${draft.draftId.replaceAll('-', '')}_${clauseId.replaceAll('-', '').slice(-16)}_${lang}` : `${clauseId}_${lang}`).slice(0, LONGEST_ID);
