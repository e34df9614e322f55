import { useParams, Link } from '@tanstack/react-router';
import type { CorrectionDoc } from '#contexts/record';
import { useList, useOne, useWords } from '../context.js';
import { Actions } from '../ui/actions.js';
import { Card, Fact, Facts, NowAndHistory, Title, Waiting } from '../ui/page.js';
import { Ref, State } from '../ui/text.js';

/** A reading of the record that is queried or corrected stands beside it: the reading as printed, never silently changed. */
export function Queried({ stream }: { stream: string }) {
  const { t } = useWords();
  const all = useList<CorrectionDoc>('corrections?limit=500').data?.rows ?? [];
  const here = all.filter((c) => c.doc.target.stream === stream && c.doc.mark !== null);
  if (here.length === 0) return null;
  return (
    <ul className="plain queried">
      {here.map(({ id, doc }) => (
        <li key={id}><span className="mark">{t(`mark.${doc.mark}`)}</span> <q lang="en" dir="ltr">{doc.reading}</q>{doc.mark === 'queried' && <i lang="la"> [sic]</i>} — {doc.note} <Link to="/record/$id" params={{ id }}>{t('open')}</Link></li>
      ))}
    </ul>
  );
}

export function RecordPage() {
  const { t } = useWords();
  const { id } = useParams({ strict: false });
  const correction = useOne<CorrectionDoc>('corrections', id);
  if (!correction.data) return <Waiting of={correction} />;
  const { doc, revision } = correction.data;
  return (
    <>
      <Title above={t('record.query')} after={<State aggregate="RecordCorrection" of={doc.status} />}><q lang="en" dir="ltr">{doc.reading}</q></Title>
      <NowAndHistory collection="corrections" id={id!}>
        <Actions collection="corrections" id={id!} revision={revision} />
        <Card>
          <Facts>
            <Fact name="record.about"><Ref category={doc.target.category} id={doc.target.id} /> <span className="muted"><bdi>{doc.target.field}</bdi></span></Fact>
            {doc.note && <Fact name="field.note">{doc.note}</Fact>}
            {doc.right && <Fact name="field.right"><q>{doc.right}</q></Fact>}
          </Facts>
          {doc.status === 'queried' && <p>{t('record.notChanged')}</p>}
        </Card>
      </NowAndHistory>
    </>
  );
}
