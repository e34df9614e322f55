import { useEffect, useRef } from 'react';
import { baseKeymap, toggleMark } from 'prosemirror-commands';
import { history, redo, undo } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import { EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state';
import { Decoration, DecorationSet, EditorView } from 'prosemirror-view';
import { cellFromText, cellSchema, type CellDoc, setMirror, type StepTransform } from '#text';
import { colourOf } from './colour.js';
import type { Caret } from './line.js';
import type { CellSession } from './session.js';

const REMOTE = 'remote';
/** A paste that is longer is not taken: no clause is. UTF-16 code units. */
export const LONGEST_PASTE = 12_000;
const GONE_AFTER = 15_000;
const SAY_EVERY = 110;

interface Shown extends Caret {
  readonly until: number;
}
const carets = new PluginKey<{ readonly shown: ReadonlyMap<string, Shown> }>('carets');

function flag(name: string, colour: number): HTMLElement {
  const caret = document.createElement('span');
  caret.className = `caret colour-${colour}`;
  const label = document.createElement('bdi');
  label.className = 'caret-name';
  label.textContent = name;
  caret.append(label);
  caret.setAttribute('aria-hidden', 'true');
  return caret;
}

/** Others' carets, where their words are now. */
const caretPlugin = new Plugin({
  key: carets,
  state: {
    init: () => ({ shown: new Map<string, Shown>() }),
    apply(tr, { shown }) {
      const news = tr.getMeta(carets) as Shown | 'sweep' | undefined;
      const now = Date.now();
      const moved = new Map<string, Shown>();
      for (const [id, caret] of shown) if (caret.until > now) moved.set(id, { ...caret, anchor: tr.mapping.map(caret.anchor), head: tr.mapping.map(caret.head) });
      if (news && news !== 'sweep') moved.set(news.socket, news);
      return { shown: moved };
    },
  },
  props: {
    decorations(state) {
      const { shown } = carets.getState(state)!;
      const end = state.doc.content.size;
      const all = [...shown.values()].flatMap((c) => {
        const [from, to] = [Math.min(c.anchor, c.head, end), Math.min(Math.max(c.anchor, c.head), end)];
        const colour = colourOf(c.group);
        return [
          Decoration.widget(Math.min(c.head, end), () => flag(c.name, colour), { key: `${c.socket} ${c.name}`, side: 1 }),
          ...(to > from ? [Decoration.inline(from, to, { class: `selected colour-${colour}` })] : []),
        ];
      });
      return DecorationSet.create(state.doc, all);
    },
  },
});

/** Own words may be undone one by one, others' never. */
const keepItems = new Plugin({ historyPreserveItems: true } as never);

function bracket(state: EditorState, dispatch?: (tr: Transaction) => void): boolean {
  const id = crypto.randomUUID().slice(0, 8);
  return toggleMark(cellSchema.marks.bracket, { id })(state, dispatch);
}

export interface EditorProps {
  readonly session: CellSession;
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly label: string;
  readonly describedBy?: string;
  readonly onTooLong: (text: string) => void;
  readonly onLeave?: () => void;
  readonly onTable?: () => void;
}

/** The editor of one text: ProseMirror on the session's document. */
export default function Editor({ session, lang, dir, label, describedBy, onTooLong, onLeave, onTable }: EditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const calls = useRef({ onTooLong, onLeave, onTable });
  calls.current = { onTooLong, onLeave, onTable };
  useEffect(() => {
    const plugins = [
      history(), keepItems, caretPlugin,
      keymap({
        'Mod-z': undo, 'Mod-y': redo, 'Shift-Mod-z': redo, 'Alt-[': bracket, 'Mod-i': toggleMark(cellSchema.marks.opening),
        'Mod-s': () => { void session.rest('asked'); return true; },
        'Mod-Enter': () => { calls.current.onTable?.(); return calls.current.onTable !== undefined; },
        // A clause is one paragraph.
        Enter: () => true, 'Shift-Enter': () => true,
        Escape: (_, __, view) => { view?.dom.blur(); return true; },
      }),
      keymap(baseKeymap),
    ];
    const fresh = (doc: CellDoc) => EditorState.create({ doc, plugins });
    const view = new EditorView(host.current, {
      state: fresh(session.snapshot.doc ?? cellFromText('')),
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label, lang, dir, spellcheck: 'true', ...(describedBy ? { 'aria-describedby': describedBy } : {}) },
      editable: () => session.snapshot.role === 'write' && !session.snapshot.comparing && !session.snapshot.elsewhere,
      handlePaste: (_, event) => {
        const text = event.clipboardData?.getData('text/plain') ?? '';
        if (text.length <= LONGEST_PASTE) return false;
        calls.current.onTooLong(text);
        return true;
      },
      transformPastedText: (text) => text.normalize('NFC').replace(/\s+/gu, ' '),
      clipboardTextParser: (text) => cellSchema.node('doc', null, text === '' ? [] : [cellSchema.text(text)]).slice(0),
      dispatchTransaction(tr) {
        view.updateState(view.state.apply(tr));
        if (tr.docChanged && tr.getMeta(REMOTE) !== true) session.edit(tr.steps);
        if (tr.selectionSet || tr.docChanged) say();
      },
      handleDOMEvents: {
        focus: () => { void session.begin(); return false; },
        blur: () => { calls.current.onLeave?.(); return false; },
      },
    });
    let saying: ReturnType<typeof setTimeout> | undefined;
    const say = () => {
      saying ??= setTimeout(() => {
        saying = undefined;
        if (view.hasFocus()) session.here(view.state.selection.anchor, view.state.selection.head);
      }, SAY_EVERY);
    };
    const remote = (transform: StepTransform, rebased: number) => {
      if (transform.steps.length === 0) return;
      const { tr } = view.state;
      for (const step of transform.steps) tr.step(step);
      for (let i = 0; i < transform.steps.length; i++) {
        const mirror = transform.mapping.getMirror(i);
        if (mirror !== undefined && mirror > i) setMirror(tr.mapping, i, mirror);
      }
      view.dispatch(tr.setMeta(REMOTE, true).setMeta('addToHistory', false).setMeta('rebased', rebased));
    };
    const detach = session.attach(remote, (doc) => view.updateState(fresh(doc)));
    const stopCarets = session.onCaret((caret) => {
      if (caret.version !== session.snapshot.version) return;
      view.dispatch(view.state.tr.setMeta(carets, { ...caret, until: Date.now() + GONE_AFTER } satisfies Shown).setMeta('addToHistory', false).setMeta(REMOTE, true));
    });
    const stopRole = session.subscribe(() => view.setProps({}));
    const sweep = setInterval(() => {
      if ((carets.getState(view.state)?.shown.size ?? 0) > 0) view.dispatch(view.state.tr.setMeta(carets, 'sweep').setMeta(REMOTE, true).setMeta('addToHistory', false));
    }, 5_000);
    view.focus();
    return () => {
      clearInterval(sweep);
      clearTimeout(saying);
      stopCarets();
      stopRole();
      detach();
      view.destroy();
    };
  }, [session, lang, dir, label, describedBy]);
  return <div ref={host} className="cell-editor" />;
}
