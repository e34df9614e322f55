/** Colour and pattern of a group, by classes alone: an inline style would break the page's CSP. */
export const colourOf = (id: string | null): number => Array.from(id ?? '').reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) >>> 0, 7) % 8;
export const colourClass = (id: string | null): string => `colour-${colourOf(id)}`;
