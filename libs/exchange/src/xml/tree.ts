/** XML as a plain tree: no comments, no processing instructions, no difference between CDATA and text. */
export interface Element {
  /** Local name, with its prefix where one is written. */
  readonly name: string;
  /** Namespace; written by the attribute `xmlns`, told by the reader. */
  readonly namespace?: string;
  /** By their names as written, without declarations of namespaces when read. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Content[];
}
export type Content = Element | string;

export const isElement = (content: Content): content is Element => typeof content !== 'string';

/** An element to write; what is undefined or null is left out. */
export const el = (name: string, attributes: Readonly<Record<string, string | number | undefined | null>>, ...children: readonly (Content | readonly Content[] | null)[]): Element => ({
  name,
  attributes: Object.fromEntries(Object.entries(attributes).flatMap(([key, value]) => (value === undefined || value === null ? [] : [[key, String(value)]]))),
  children: children.flat().filter((child): child is Content => child !== null && child !== ''),
});

export const elements = ({ children }: Element, name?: string): Element[] => children.filter(isElement).filter((child) => name === undefined || child.name === name);
export const first = (parent: Element | undefined, name: string): Element | undefined => parent && elements(parent, name)[0];
/** All of that name, at any depth, in their order. */
export const descendants = (parent: Element, name: string): Element[] => elements(parent).flatMap((child) => [...(child.name === name ? [child] : []), ...descendants(child, name)]);
/** Every character in it, whatever stands round it. */
export const textOf = (parent: Element | undefined): string => (parent?.children ?? []).map((child) => (isElement(child) ? textOf(child) : child)).join('');
