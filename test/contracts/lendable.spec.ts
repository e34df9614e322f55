import type { Aggregate } from '#kernel';
import { contexts } from '../../apps/server/src/contexts.js';
import { LENDABLE, PROXY_ACTS } from '../../apps/web/src/pages/groups/lendable.js';

const rows = new Map<string, Aggregate['commands'][string]>(contexts.flatMap(({ aggregates }) => aggregates.flatMap(({ name, commands }) => Object.entries(commands).map(([command, row]) => [`${name}.${command}`, row] as const))));

/** By parliamentarians, or by whoever a text makes its penholder, proposer or sponsor. */
const THEIRS: readonly string[] = ['GroupChair', 'GroupOfficer', 'GroupMember', 'Member', 'Applicant', 'Sponsor', 'Penholder', 'Proposer', 'Chair'];

test('what the workspace offers to be done in another’s name are commands of parliamentarians, none of them personal', () => {
  const offered = LENDABLE.flatMap(([aggregate, commands]) => commands.map((command) => `${aggregate}.${command}`));
  expect(offered.filter((act) => rows.get(act) === undefined)).toEqual([]);
  expect(offered.filter((act) => rows.get(act)?.personal !== undefined)).toEqual([]);
  expect(offered.filter((act) => !rows.get(act)?.by.some((role) => THEIRS.includes(role)))).toEqual([]);
  expect(new Set(offered).size).toBe(offered.length);
});

test('by proxy is offered exactly what the record lets a proxy do', () => {
  expect([...PROXY_ACTS].toSorted()).toEqual([...rows].filter(([, row]) => row.proxy === true).map(([act]) => act).toSorted());
});
