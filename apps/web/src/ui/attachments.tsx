import { useRef, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { AttachmentDoc } from '#contexts/record';
import { type Action, command, get, Refused, upload } from '../api.js';
import { useList, useMe, useMoment, useWords } from '../context.js';
import { homeOf } from '../i18n.js';
import { useActions } from './actions.js';
import { Card } from './page.js';
import { ProblemNote } from './problem.js';
import { Ago, Ref } from './text.js';

const MOST = 10 * 1024 * 1024;
/** What readers call them; names of formats are the same in every language. */
const KINDS: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF', 'image/jpeg': 'JPEG', 'image/png': 'PNG', 'image/webp': 'WebP', 'text/plain': 'TXT', 'text/csv': 'CSV',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word', 'application/vnd.oasis.opendocument.text': 'OpenDocument',
};
const CATEGORY = { statements: 'statement', mous: 'mou', groups: 'group' } as const;

/** Files that belong to a thing: what each is, who brought it and when, with its digest; one more by choosing or dropping it. */
export function Attachments({ collection, id }: { collection: keyof typeof CATEGORY; id: string }) {
  const { t } = useWords();
  const me = useMe()?.account;
  const past = useMoment();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<{ name: string; percent: number } | null>(null);
  const [kept, setKept] = useState<string | null>(null);
  const [problem, setProblem] = useState<Refused['problem'] | null>(null);
  const subject = `${CATEGORY[collection]}-${id}`;
  const list = useList<AttachmentDoc>(`attachments?limit=200&subject=${encodeURIComponent(subject)}`);
  const rows = list.data?.rows ?? [];
  const path = '/api/v1/attachments/new/actions';
  const mayAttach = useQuery({ queryKey: ['read', path, me?.email], queryFn: () => get<{ actions: Action[] }>(path), enabled: me != null && past === undefined && !list.isError, retry: false }).data?.actions.some((a) => a.command === 'AttachFile' && a.allowed) === true;
  if (list.isError || (rows.length === 0 && !mayAttach)) return null;
  const send = async (file: File) => {
    setProblem(null);
    setKept(null);
    if (file.size > MOST) return setProblem({ title: t('attachments.tooLarge', { name: `\u2068${file.name}\u2069` }), code: 'too-large' });
    setSending({ name: file.name, percent: 0 });
    try {
      await upload(`/api/v1/attachments?subject=${encodeURIComponent(subject)}`, file, (percent) => setSending({ name: file.name, percent }));
      setKept(file.name);
      await queries.invalidateQueries({ queryKey: ['read'] });
    } catch (error) {
      setProblem(error instanceof Refused ? error.problem : { title: t('unreachable'), code: 'unreachable' });
    } finally {
      setSending(null);
    }
  };
  return (
    <Card title={t('attachments')} className="attachments">
      {rows.length === 0 ? <p className="muted">{t('attachments.none')}</p> : <ul className="plain">{rows.map((r) => <One key={r.id} id={r.id} doc={r.doc} revision={r.revision} />)}</ul>}
      {mayAttach && (
        <div className={`drop no-print ${over ? 'drop-over' : ''}`} onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={(e) => { e.preventDefault(); setOver(false); const file = e.dataTransfer.files[0]; if (file && sending === null) void send(file); }}>
          <input ref={input} type="file" hidden onChange={(e) => { const file = e.target.files?.[0]; e.target.value = ''; if (file) void send(file); }} />
          <p>{t('attachments.drop')} <button type="button" disabled={sending !== null} onClick={() => input.current?.click()}>{t('attachments.choose')}</button></p>
          <p className="small muted">{t('attachments.what')}</p>
          <div role="status">
            {sending && <p><progress value={sending.percent} max={100} /> {t('attachments.sending', { name: `\u2068${sending.name}\u2069`, percent: sending.percent })}</p>}
            {kept && <p className="verdict verdict-adopted">{t('attachments.kept', { name: `\u2068${kept}\u2069` })}</p>}
          </div>
          <ProblemNote of={problem} />
        </div>
      )}
    </Card>
  );
}

/** In kilobytes or megabytes, as the reader's language writes them. */
function useSize() {
  const { lang } = useWords();
  return (bytes: number) => {
    const [unit, value] = bytes >= 1_000_000 ? (['megabyte', bytes / 1_000_000] as const) : (['kilobyte', Math.max(1, bytes / 1000)] as const);
    return new Intl.NumberFormat(lang, { style: 'unit', unit, maximumFractionDigits: unit === 'megabyte' ? 1 : 0 }).format(value);
  };
}

function One({ id, doc, revision }: { id: string; doc: AttachmentDoc; revision: number }) {
  const { t, list } = useWords();
  const size = useSize();
  const ns = homeOf('Attachment');
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Refused['problem'] | null>(null);
  const withdraws = useActions({ collection: 'attachments', id, revision }).data?.actions.some((a) => a.command === 'WithdrawAttachment' && a.allowed) ?? false;
  const withdraw = async () => {
    try {
      await command('attachments', id, 'WithdrawAttachment', { reason: reason.trim() });
      await queries.invalidateQueries({ queryKey: ['read'] });
    } catch (error) {
      setProblem(error instanceof Refused ? error.problem : { title: t('unreachable'), code: 'unreachable' });
    }
  };
  const kind = KINDS[doc.mediaType] ?? doc.mediaType;
  return (
    <li className="attachment">
      <p>
        <a href={`/files/${encodeURIComponent(id)}/${encodeURIComponent(doc.name)}`} download>{doc.withdrawn ? <del><bdi>{doc.name}</bdi></del> : <bdi>{doc.name}</bdi>}</a> {doc.withdrawn && <span className="state state-missing">{t('attachments.withdrawn')}</span>}
      </p>
      <p className="small muted"><bdi>{kind}</bdi> · <bdi>{size(doc.size)}</bdi> · <Ref category="person" id={doc.by} /> <Ago instant={doc.at} />{doc.withdrawn?.reason && <> · <bdi>{doc.withdrawn.reason}</bdi></>}</p>
      {doc.stripped.length > 0 && <p className="small muted">{t('field.stripped', ns ? { ns } : {})}: {list(doc.stripped.map((s) => t(`value.stripped.${s}`)))}</p>}
      <p className="small muted"><code dir="ltr" title={`${t('attachments.digest')}: ${doc.digest}`}>{doc.digest.slice(0, 16)}…</code></p>
      {withdraws && !doc.withdrawn && (
        <details className="no-print">
          <summary>{t('attachments.withdraw')}</summary>
          <ProblemNote of={problem} />
          <label className="field"><span>{t('signing.reason')}</span><input dir="auto" value={reason} onChange={(e) => setReason(e.target.value)} /></label>
          <button type="button" className="break" disabled={reason.trim() === ''} onClick={() => void withdraw()}>{t('attachments.withdraw')}</button>
        </details>
      )}
    </li>
  );
}
