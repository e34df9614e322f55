import { createContext, type ReactNode, use, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { type CellRef, cellId } from '#text';
import { useMe } from '../context.js';
import { type Recovered, onRecovered, recoveredIn } from './keep.js';
import { DraftLine } from './line.js';
import { CellSession } from './session.js';
import type { Snapshot } from './snapshot.js';

interface Room {
  readonly line: DraftLine;
  readonly person: string;
  readonly sessions: Map<string, { session: CellSession; users: number }>;
}
const RoomContext = createContext<Room | null>(null);

/** One line to the texts for everything inside. */
export function TextsProvider({ children }: { children: ReactNode }) {
  const person = useMe()?.account?.personId;
  const [room, setRoom] = useState<Room | null>(null);
  useEffect(() => {
    if (person === undefined) return;
    const made: Room = { line: new DraftLine(), person, sessions: new Map() };
    setRoom(made);
    // What is not sent is kept on the device; still, nobody closes a page over it without being asked.
    const ask = (event: BeforeUnloadEvent) => {
      if ([...made.sessions.values()].some(({ session }) => session.snapshot.unconfirmed > 0)) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => {
      window.removeEventListener('beforeunload', ask);
      for (const { session } of made.sessions.values()) session.close();
      made.line.close();
      setRoom(null);
    };
  }, [person]);
  return <RoomContext value={room}>{children}</RoomContext>;
}

const NOTHING = (): (() => void) => () => undefined;

/** The live text of a clause in one language; several who show it share one session. Null until there is a line, and for who is not signed in. */
export function useCell(ref: CellRef | null): { session: CellSession; snapshot: Snapshot } | null {
  const room = use(RoomContext);
  const id = ref === null ? null : cellId(ref);
  const [session, setSession] = useState<CellSession | null>(null);
  useEffect(() => {
    if (room === null || ref === null || id === null) return;
    const held = room.sessions.get(id) ?? { session: new CellSession(ref, room.line, room.person), users: 0 };
    held.users++;
    room.sessions.set(id, held);
    setSession(held.session);
    return () => {
      setSession(null);
      held.users--;
      if (held.users > 0) return;
      room.sessions.delete(id);
      held.session.close();
    };
    // The reference is what its id says.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [room, id]);
  const snapshot = useSyncExternalStore(session?.subscribe ?? NOTHING, () => session?.snapshot ?? null);
  return useMemo(() => (session && snapshot ? { session, snapshot } : null), [session, snapshot]);
}

/** Everything on this page that is not in the record yet, in one sign. */
export function useSaving(): { unconfirmed: number; offline: boolean; savedAt: number | null } {
  const room = use(RoomContext);
  const [state, setState] = useState({ unconfirmed: 0, offline: false, savedAt: null as number | null });
  useEffect(() => {
    if (room === null) return;
    const look = setInterval(() => {
      const all = [...room.sessions.values()].map(({ session }) => session.snapshot);
      const unconfirmed = all.reduce((sum, s) => sum + s.unconfirmed, 0);
      const savedAt = all.reduce<number | null>((latest, s) => (s.savedAt !== null && s.savedAt > (latest ?? 0) ? s.savedAt : latest), null);
      const offline = !room.line.connected;
      setState((old) => (old.unconfirmed === unconfirmed && old.offline === offline && old.savedAt === savedAt ? old : { unconfirmed, offline, savedAt }));
    }, 250);
    return () => clearInterval(look);
  }, [room]);
  return state;
}

export function useRecovered(document: string): readonly Recovered[] {
  const person = useMe()?.account?.personId;
  const [entries, setEntries] = useState<readonly Recovered[]>([]);
  useEffect(() => {
    if (person === undefined) return;
    const load = () => void recoveredIn(person, document).then(setEntries, () => setEntries([]));
    load();
    return onRecovered(load);
  }, [person, document]);
  return entries;
}
