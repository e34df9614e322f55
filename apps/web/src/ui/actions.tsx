import { useMemo, useRef, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { type Action, command, get, Refused } from '../api.js';
import { useInbox, useMe, useMoment, useWords } from '../context.js';
import { homeOf } from '../i18n.js';
import { Fields, type Known, KnownContext, useFormState } from './form.js';
import { ForWhom } from './for-whom.js';

const AT_ONCE = 5;
const NONE: readonly string[] = [];

interface Subject {
  collection: string;
  id: string;
  revision?: number;
}

/** What this reader may do with a thing now; nothing of a past moment. */
export function useActions({ collection, id, revision }: Subject) {
  const me = useMe();
  const past = useMoment();
  const path = `/api/v1/${collection}/${encodeURIComponent(id)}/actions`;
  return useQuery({ queryKey: ['read', path, me?.account?.email, revision], queryFn: () => get<{ actions: Action[] }>(path), enabled: me?.account != null && past === undefined });
}

/** One action in a place of its own, where this reader may take it; the list of the others is told to go without it. */
export function ActionButton({ command: name, known = {}, className = '', ...subject }: Subject & { command: string; known?: Known; className?: string }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const action = useActions(subject).data?.actions.find((a) => a.command === name && a.allowed);
  if (!action) return null;
  return (
    <>
      <button type="button" className={`no-print ${className}`} onClick={() => setOpen(true)}>{t(`command.${name}`)}</button>
      {open && <CommandDialog action={action} subject={subject} known={known} onClose={() => setOpen(false)} />}
    </>
  );
}

/** What may be done with a thing now, by whom; what may not, with the reason. Nothing is offered on a page as of the past. */
export function Actions({ collection, id, revision, first = NONE, hide = NONE, known = {} }: Subject & { first?: readonly string[]; hide?: readonly string[]; known?: Known }) {
  const { t } = useWords();
  const me = useMe();
  const past = useMoment();
  const inbox = useInbox().data?.duties;
  const [chosen, choose] = useState<Action | null>(null);
  const { data } = useActions({ collection, id, ...(revision === undefined ? {} : { revision }) });
  const allowed = useMemo(() => {
    // What waits for this reader comes first, then what the page holds likely.
    const waiting = (inbox ?? []).flatMap((d) => (d.view === collection && d.id === id && d.command !== undefined ? [d.command] : []));
    const order = [...waiting, ...first];
    const rank = (a: Action) => (order.includes(a.command) ? order.indexOf(a.command) : order.length);
    return (data?.actions ?? []).filter((a) => a.allowed && !hide.includes(a.command)).toSorted((a, b) => rank(a) - rank(b));
  }, [data, first, hide, inbox, collection, id]);
  if (me?.account == null || past !== undefined || !data) return null;
  // Two more than are shown at once are no reason to hide them.
  const cut = allowed.length <= AT_ONCE + 2 ? allowed.length : AT_ONCE;
  const [likely, rest] = [allowed.slice(0, cut), allowed.slice(cut)];
  const button = (a: Action, place?: number) => (
    <button key={a.command} type="button" className={place === 0 ? 'primary' : ''} onClick={() => choose(a)}>{t(`command.${a.command}`)}{a.authority && <ForWhom authority={a.authority} />}</button>
  );
  const later = data.actions.filter((a) => a.because === 'not-now');
  return (
    <section className="actions no-print" aria-label={t('actions')}>
      <div className="row wrap">
        {likely.map(button)}
        {allowed.length === 0 && <p className="muted">{t('nothingToDo')}</p>}
      </div>
      {rest.length > 0 && (
        <details>
          <summary>{t('moreActions', { n: rest.length })}</summary>
          <div className="row wrap">{rest.map((a) => button(a))}</div>
        </details>
      )}
      {later.length > 0 && (
        <details>
          <summary>{t('notNow')}</summary>
          <ul className="plain">
            {later.map((a) => (
              <li key={a.command}>{t(`command.${a.command}`)} <span className="muted">— {t('possibleIn', { states: a.from.map((s) => t(`state.${a.aggregate}.${s}`)).join(', ') })}</span></li>
            ))}
          </ul>
        </details>
      )}
      {chosen && <CommandDialog action={chosen} subject={{ collection, id, ...(revision === undefined ? {} : { revision }) }} known={known} onClose={() => choose(null)} />}
    </section>
  );
}

export function CommandDialog({ action, subject, preset, known = {}, onClose, onDone }: {
  action: Action; subject: Subject; preset?: Record<string, unknown>; known?: Known; onClose: () => void; onDone?: (id: string) => void;
}) {
  const { t } = useWords();
  const queries = useQueryClient();
  const schema = action.input ?? {};
  const home = homeOf(action.aggregate);
  const fits = Object.fromEntries(Object.entries(known.given ?? {}).filter(([key]) => schema.properties?.[key] !== undefined));
  const [value, setValue] = useFormState(schema, { ...preset, ...fits });
  const digests = Object.values((fits['digests'] ?? (fits['digest'] ? { '': fits['digest'] } : {})) as Record<string, string>);
  const asksNothing = Object.entries(schema.properties ?? {}).every(([key, child]) => child.import || fits[key] !== undefined);
  const [problem, setProblem] = useState<Refused['problem'] | null>(null);
  const [sending, setSending] = useState(false);
  // The same key for every try of this form: a lost answer is not a second act.
  const key = useRef(crypto.randomUUID());
  const errors = Object.fromEntries((problem?.fields ?? []).map((f) => [f.path, f.message]));
  const submit = async () => {
    setSending(true);
    setProblem(null);
    try {
      await command(subject.collection, subject.id, action.command, value, { key: key.current, ...(subject.revision === undefined ? {} : { expectedRevision: subject.revision }) });
      await queries.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'session' });
      onDone?.(subject.id);
      onClose();
    } catch (error) {
      // A refusal is an answer: what was written stays in the form, and the next try is a new act.
      if (error instanceof Refused) key.current = crypto.randomUUID();
      setProblem(error instanceof Refused ? error.problem : { title: t('unreachable'), code: 'unreachable' });
    } finally {
      setSending(false);
    }
  };
  return (
    <ModalOverlay isOpen isDismissable={false} onOpenChange={(open) => !open && onClose()} className="overlay">
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title">{t(`command.${action.command}`)}</Heading>
          {action.authority && <p className="note"><ForWhom authority={action.authority} /></p>}
          <form onSubmit={(e) => { e.preventDefault(); void submit(); }}>
            <KnownContext value={{ ...known, given: fits, ...(home ? { home } : {}) }}>
              <Fields schema={schema} path="" value={value} errors={errors} onChange={setValue} />
            </KnownContext>
            {asksNothing && <p>{t('confirmAct')}</p>}
            {digests.length > 0 && <p className="small muted">{t('digests')} {digests.map((d) => <code key={d} dir="ltr">{d} </code>)}</p>}
            {problem && (
              <div className="refusal" role="alert">
                <strong>{problem.title}</strong>
                {problem.unmet && <ul>{problem.unmet.map((u) => <li key={u.code}>{u.message}</li>)}</ul>}
                {problem.rule && <small className="muted"> {problem.rule}</small>}
              </div>
            )}
            <div className="row end">
              <button type="button" onClick={onClose}>{t('cancel')}</button>
              <button type="submit" className="primary" disabled={sending}>{sending ? t('saving') : t(`command.${action.command}`)}</button>
            </div>
          </form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** A button for something new: a group, an application, a memorandum, a statement. */
export function NewButton({ collection, create, preset, given, onDone }: {
  collection: string; create: string; preset?: Record<string, unknown>; given?: Record<string, unknown>; onDone: (id: string) => void;
}) {
  const { t } = useWords();
  const me = useMe();
  const [id, open] = useState<string | null>(null);
  const path = `/api/v1/${collection}/new/actions`;
  const { data } = useQuery({ queryKey: ['read', path, me?.account?.email], queryFn: () => get<{ actions: Action[] }>(path), enabled: me?.account != null });
  const action = data?.actions.find((a) => a.command === create && a.allowed);
  if (!action) return null;
  return (
    <>
      <button type="button" className="primary no-print" onClick={() => open(crypto.randomUUID())}>{t(`command.${create}`)}</button>
      {id && <CommandDialog action={action} subject={{ collection, id }} preset={preset ?? {}} known={{ given: { ...(ID_FIELDS[collection] ? { [ID_FIELDS[collection]]: id } : {}), ...given } }} onClose={() => open(null)} onDone={onDone} />}
    </>
  );
}

/** The id of the new thing stands in the address: nobody types it. */
const ID_FIELDS: Readonly<Record<string, string>> = {
  networks: 'networkId', parliaments: 'parliamentId', persons: 'personId', groups: 'groupId', partners: 'partnerId', mous: 'mouId', statements: 'statementId', corrections: 'correctionId', meetings: 'meetingId', authorities: 'authorityId',
};
