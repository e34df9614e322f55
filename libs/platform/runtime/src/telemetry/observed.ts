import { isRefusal } from '#kernel';
import type { CommandExecutor } from '#platform/event-store';
import type { ViewRunner } from '#platform/views';
import type { Metrics } from './metrics.js';
import { traced } from './tracing.js';

/** An executor whose commands are counted, timed and traced by kind and outcome. */
export function observedExecutor(executor: CommandExecutor, metrics: Metrics): Pick<CommandExecutor, 'execute'> {
  return {
    execute: (envelope) => {
      const { aggregate, command } = envelope;
      return traced(`command ${aggregate}.${command}`, { 'comity.aggregate': aggregate, 'comity.command': command }, async (span) => {
        const end = metrics.commands.startTimer({ aggregate });
        let outcome = 'failed';
        try {
          const answer = await executor.execute(envelope);
          outcome = isRefusal(answer) ? 'refused' : 'recorded';
          return answer;
        } finally {
          end({ outcome });
          span.setAttribute('comity.outcome', outcome);
        }
      });
    },
  };
}

/** Longer ago is no delay but a rebuild, in seconds. */
const LATEST = 60;

export function observeViews(runner: ViewRunner, metrics: Metrics): void {
  metrics.gauge('projecting', '1 on the node that folds the views and runs the rules.', () => (runner.projecting ? 1 : 0));
  runner.onFolded((events) => {
    metrics.projected.inc(events.length);
    const last = events.at(-1);
    const lag = last ? (Date.now() - Date.parse(last.meta.recordedAt)) / 1000 : LATEST;
    if (lag < LATEST) metrics.lag.observe(Math.max(lag, 0));
  });
}
