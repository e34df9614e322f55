/** `SignFirst` as it stands in a path: `sign-first`. */
export const kebab = (name: string): string => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
