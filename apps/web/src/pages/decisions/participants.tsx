import type { GroupDoc, ParliamentDoc } from '#contexts/directory';
import type { DecisionDoc } from '#contexts/governance';
import { useList, useWords } from '../../context.js';
import { Card } from '../../ui/page.js';
import { At, Ref } from '../../ui/text.js';
import { Wall } from './clock.js';

/** The parliament of each group and the zone of its seat, as the directory has them. */
function useSeats(): (group: string) => { parliament?: string; zone?: string } {
  const groups = useList<GroupDoc>('groups?limit=500').data?.rows ?? [];
  const parliaments = useList<ParliamentDoc>('parliaments?limit=500').data?.rows ?? [];
  return (id) => {
    const parliament = groups.find((g) => g.id === id)?.doc.parliamentId;
    const zone = parliaments.find((p) => p.id === parliament)?.doc.seatTimezone;
    return { ...(parliament ? { parliament } : {}), ...(zone ? { zone } : {}) };
  };
}

export type Stance = 'broke' | 'blocked' | 'yes' | 'no' | 'abstain' | 'supports' | 'disassociated' | 'spoken' | 'silent';

/** What a group has made known, the weightiest first. Of a running ballot that is nothing: who has voted is a count until its close. */
export function stanceOf(doc: DecisionDoc, group: string): Stance | null {
  const said = doc.statements.filter((s) => s.by === group);
  if (doc.broken?.by === group) return 'broke';
  if (doc.blocked?.by.includes(group)) return 'blocked';
  if (said.some((s) => s.kind === 'disassociation' && s.clauses === null)) return 'disassociated';
  const vote = doc.roll?.find((v) => v.by === group)?.option;
  if (vote !== undefined) return vote as Stance;
  if (doc.supporters.includes(group)) return 'supports';
  if (said.length > 0) return 'spoken';
  return doc.kind === 'ballot' ? null : 'silent';
}
const wordOf = (stance: Stance) => (['yes', 'no', 'abstain'].includes(stance) ? `value.option.${stance}` : `stance.${stance}`);

/** Every group that decides: its parliament and clock, the proof that it was notified, and where it stands. */
export function Participants({ doc }: { doc: DecisionDoc }) {
  const words = useWords();
  const { t } = words;
  const seatOf = useSeats();
  const notices = doc.kind !== 'consensus';
  return (
    <Card className="wide" title={t('entitled', { n: doc.entitled.length })}>
      {notices && <p className="muted">{t('notifiedOf', { n: doc.notified.length, m: doc.entitled.length })}</p>}
      <ul className="plain participants">
        {doc.entitled.map((group) => {
          const { parliament, zone } = seatOf(group);
          const notice = doc.notified.find((n) => n.member === group);
          const stance = stanceOf(doc, group);
          return (
            <li key={group}>
              <div className="participant">
                <Ref category="group" id={group} />
                {parliament && <span className="muted small"><Ref category="parliament" id={parliament} /></span>}
              </div>
              {doc.deadline && (
                <div className="participant-clock">
                  <span className="muted small">{t('zone.theirs')}</span> {zone ? <Wall instant={doc.deadline.instant} zone={zone} words={words} /> : <span className="muted">{t('zone.unknown')}</span>}
                </div>
              )}
              {notices && (
                <div className={notice ? 'notice-given' : 'notice-missing'}>
                  {notice ? <><span aria-hidden="true">✓</span> {t('notifiedBy', { channel: t(`value.channel.${notice.channel}`) })} · <At instant={notice.deliveredAt} /></> : <><span aria-hidden="true">○</span> {t('notNotified')}</>}
                </div>
              )}
              {stance && <div><span className={`state stance stance-${stance}`}>{t(wordOf(stance))}</span></div>}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
