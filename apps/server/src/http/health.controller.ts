import { Controller, Get, Inject } from '@nestjs/common';
import { comparePositions, StoreUnavailable } from '#platform/event-store';
import { SERVICES, type Services } from '../services.js';
import { problem } from './problem.js';

interface Ready {
  readonly status: 'ok';
  /** The end of the record; null while the event store of a cluster is away: then reads go on. */
  readonly recorded: string | null;
  readonly shown: string;
  readonly roles: readonly string[];
  readonly projecting: boolean;
}

@Controller('health')
export class HealthController {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  /** The process runs. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** It can serve: it is not about to stop, the databases answer, and the views follow the record. */
  @Get('ready')
  async ready(): Promise<Ready> {
    const { platform, config, draining } = this.services;
    if (draining) throw problem(503, 'draining');
    const { runner, views, shared } = platform;
    if (shared) await shared.get('SELECT 1 AS answered');
    const recorded = await this.#recorded();
    const shown = runner.position;
    const stuck = runner.error !== undefined && recorded !== null && comparePositions(shown, recorded) < 0;
    if (stuck || !views.complete) throw problem(503, 'views-behind');
    return { status: 'ok', recorded, shown, roles: config.COMITY_ROLES, projecting: runner.projecting };
  }

  async #recorded(): Promise<string | null> {
    const { events, shared } = this.services.platform;
    try {
      return await events.head();
    } catch (error) {
      if (shared && error instanceof StoreUnavailable) return null;
      throw error;
    }
  }
}
