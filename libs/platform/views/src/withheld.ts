import { type AnyView, type AudienceToken, mayRead, type Reader, type Where } from '#kernel';

/**
 * What is read by fewer than before (`narrows`), and by none of these tokens: its stream, and the streams that belong to it.
 * @param all reads everything
 */
export async function withheldFrom(tokens: ReadonlySet<AudienceToken>, views: readonly AnyView[], all: Reader): Promise<readonly string[]> {
  const rowsOf = async (view: AnyView, where: Where) => (await all.rows(view.name, where, { limit: null })).map((row) => ({ row, stream: `${view.category ?? ''}-${row.id}` }));
  const narrow = (await Promise.all(views.flatMap((view) => (view.narrows ? [rowsOf(view, view.narrows)] : [])))).flat();
  const narrowed = narrow.filter(({ row }) => !mayRead(tokens, row.label));
  if (narrowed.length === 0) return [];
  const streams = narrowed.map(({ stream }) => stream);
  const ids = narrowed.map(({ row }) => row.id);
  // Of what belongs to it only what has a stream of its own; the rest goes with the column that names it.
  const belonging = views.flatMap((view) =>
    view.belongs === undefined || view.category === undefined ? [] : [rowsOf(view, { [view.belongs.column]: view.belongs.category === undefined ? streams : ids })],
  );
  return [...streams, ...(await Promise.all(belonging)).flat().map(({ stream }) => stream)];
}
