import { useState } from 'react';
import { useMe } from '../context.js';
import { LiveCell } from './live-cell.js';

/** An article of a memorandum while it is negotiated: chairs, officers and secretariats of the participants write it together. */
export default function Article({ id, clauseId, lang, text, label }: { id: string; clauseId: string; lang: string; text: string; label: string }) {
  const [editing, edit] = useState(false);
  const person = useMe()?.account?.personId ?? '';
  return <LiveCell of={{ document: { type: 'mou', id }, clauseId, lang }} text={text} label={label} editing={editing} onEdit={() => edit(true)} onLeave={() => edit(false)} person={person} />;
}
