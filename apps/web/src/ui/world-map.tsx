import { useMemo } from 'react';
import { geoNaturalEarth1, geoPath, type GeoPermissibleObjects } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import land from 'world-atlas/land-110m.json';
import type { GroupDoc, ParliamentDoc } from '#contexts/directory';
import type { MembershipDoc } from '#contexts/governance';
import { inLanguage } from '#platform/i18n/browser';
import { useNavigate } from '@tanstack/react-router';
import type { Row } from '../api.js';
import { useWords } from '../context.js';

const WIDTH = 960;
const HEIGHT = 470;

/** Land without borders, and one dot at the seat of each parliament; the list beside it says the same in words. */
export default function WorldMap({ parliaments, memberships, groups }: { parliaments: Row<ParliamentDoc>[]; memberships: Row<MembershipDoc>[]; groups: Row<GroupDoc>[] }) {
  const { t, lang } = useWords();
  const go = useNavigate();
  const { outline, project } = useMemo(() => {
    const topology = land as unknown as Topology<{ land: GeometryCollection }>;
    const projection = geoNaturalEarth1().fitSize([WIDTH, HEIGHT], { type: 'Sphere' } as GeoPermissibleObjects);
    return { outline: geoPath(projection)(feature(topology, topology.objects.land)) ?? '', project: projection };
  }, []);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="map" role="group" aria-label={t('map')}>
      <path d={outline} className="land" />
      {parliaments.flatMap(({ id, doc, mode }) => {
        const at = doc.seat && project([doc.seat.longitude, doc.seat.latitude]);
        if (!at) return [];
        const group = groups.find((g) => g.doc.parliamentId === id);
        const standing = memberships.find((m) => m.doc.groupId === group?.id)?.doc.status ?? 'none';
        const name = inLanguage(doc.names, lang) ?? id;
        const open = () => void go({ to: group ? `/groups/${group.id}` : `/parliaments/${id}` });
        return [
          <g key={id} role="link" tabIndex={0} aria-label={`${name}: ${standing === 'none' ? t('notMember') : t(`state.Membership.${standing}`)}`} className={`dot dot-${standing} dot-${mode}`} onClick={open} onKeyDown={(e) => e.key === 'Enter' && open()}>
            <circle cx={at[0]} cy={at[1]} r={9} />
            <text x={at[0]} y={at[1] - 14} textAnchor="middle">{name}</text>
          </g>,
        ];
      })}
    </svg>
  );
}
