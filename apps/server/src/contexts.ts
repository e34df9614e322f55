import type { BoundedContext } from '#kernel';
import { directory } from '#contexts/directory';

/** Every context of the product; a new one is added here and nowhere else. */
export const contexts: readonly BoundedContext[] = [directory];
