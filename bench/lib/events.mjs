// Envelopes as commands record them, for what writes to a store directly.
import { uuidv7 } from '#platform/event-store';

const TEXT = 'Call upon the governments concerned to publish, before the end of the year, what has been agreed and what has been done since.';

/** The n-th event of a writer: a clause added to a statement, with everything that a command puts round it. */
export function clauseAdded(n) {
  const commandId = uuidv7();
  return {
    id: commandId,
    type: 'statements.ClauseAdded.v1',
    data: { clauseId: commandId, section: 'operative', text: { en: `${TEXT} (${n})`, fr: `${TEXT} (${n})` } },
    meta: {
      recordedAt: new Date().toISOString(),
      actor: { personId: 'xa-chair', capacity: 'chair', onBehalfOf: 'xa-group' },
      mode: 'exercise',
      label: { tlp: 'AMBER', groups: ['xa-group', 'xb-group'] },
      commandId,
      correlationId: commandId,
    },
  };
}

/** Closed loop: writers that each wait for their answer before they write again; a new stream for every 20 events of a writer. */
export async function write({ writers, seconds, append }) {
  const samples = [];
  let measuring = false;
  let stop = false;
  const name = uuidv7();
  const writer = async (w) => {
    for (let n = 0; !stop; n++) {
      const event = clauseAdded(n);
      const began = process.hrtime.bigint();
      await append(`statement-${name}-${w}-${Math.floor(n / 20)}`, n % 20, [event]);
      if (measuring) samples.push(Number(process.hrtime.bigint() - began) / 1e6);
    }
  };
  const running = Promise.all(Array.from({ length: writers }, (_, w) => writer(w)));
  const wait = (s) => Promise.race([running, new Promise((resolve) => setTimeout(resolve, s * 1000))]);
  await wait(seconds / 4);
  measuring = true;
  const [cpu, began] = [process.cpuUsage(), process.hrtime.bigint()];
  await wait(seconds);
  const took = Number(process.hrtime.bigint() - began) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  measuring = false;
  stop = true;
  await running;
  return { samples, rate: samples.length / took, cpu: (user + system) / samples.length };
}
