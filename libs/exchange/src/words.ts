/** What an export says beside the text itself, in one language: the words are the caller's. */
export interface ExportWords {
  readonly signatures: string;
  readonly reservations: string;
  /** How a reader can tell that a copy is this text; before the digest. */
  readonly verify: string;
  /** `2` and the group: “Amendment 2 (Group A)”. */
  readonly amendment: (number: number, by: string) => string;
  readonly withdrawn: (at: string) => string;
  /** Signed after publication. */
  readonly later: string;
  /** Said above the text of a language that is not authentic: courtesy, provisional … Empty: nothing is said. */
  readonly status: (status: string) => string;
  /** Of a published text whose language is authentic: shown where a document stands for itself, on paper. */
  readonly authentic: string;
  /** `joint-statement`: “Joint statement of groups”. */
  readonly kind: (kind: string) => string;
  /** Above a text of an exercise. */
  readonly exercise: string;
  /** Above a text that is not public yet: which revision it is. */
  readonly draft: (revision: number) => string;
  readonly date: (at: string) => string;
  readonly capacity: (capacity: string) => string;
}
