import { Controller, Get, Inject } from '@nestjs/common';
import { comparePositions } from '#platform/event-store';
import { SERVICES, type Services } from '../services.js';
import { problem } from './problem.js';

@Controller('health')
export class HealthController {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  /** The process runs. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** It can serve: the store answers and the views follow the record. */
  @Get('ready')
  async ready(): Promise<{ status: 'ok'; recorded: string; shown: string }> {
    const { events, runner } = this.services.platform;
    const recorded = await events.head();
    const shown = runner.position;
    if (runner.error !== undefined && comparePositions(shown, recorded) < 0) throw problem(503, 'views-behind');
    return { status: 'ok', recorded, shown };
  }
}
