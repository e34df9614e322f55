import type { Query, Reader, Row, Where } from '#kernel';
import type { MouDoc } from './mou.doc.js';

const ALL = { limit: null };

/** The memoranda in which a group takes or took part: of two by index, of more by looking at each. */
export async function mousOf(reader: Reader, groupId: string, where: Where = {}): Promise<Row<MouDoc>[]> {
  const [first, second, several] = await Promise.all([
    reader.rows<MouDoc>('mous', { ...where, party1: groupId }, ALL),
    reader.rows<MouDoc>('mous', { ...where, party2: groupId }, ALL),
    reader.rows<MouDoc>('mous', { ...where, multilateral: 1 }, ALL),
  ]);
  return [...first, ...second, ...several.filter((row) => row.doc.participants.some((p) => p.groupId === groupId))];
}

export const mousOfGroup: Query = {
  path: 'mous-of-group',
  summary: 'The memoranda in which a group takes or took part; parameter: group',
  read: (reader, { group = '' }) => mousOf(reader, group),
};
