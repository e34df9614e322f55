import type { BoundedContext } from '#kernel';
import { agreements } from '#contexts/agreements';
import { directory } from '#contexts/directory';
import { drafting } from '#contexts/drafting';
import { governance } from '#contexts/governance';
import { languages } from '#contexts/languages';
import { record } from '#contexts/record';
import { statements } from '#contexts/statements';

/** Every context of the product; a new one is added here and nowhere else. */
export const contexts: readonly BoundedContext[] = [directory, governance, agreements, statements, drafting, languages, record];
