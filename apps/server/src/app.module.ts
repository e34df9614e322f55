import { type DynamicModule, Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { Identity } from '#platform/identity';
import { LiveFeed, LiveGateway } from '#platform/live';
import { bindCommands, bindQueries } from '#platform/runtime';
import { Catalogue } from './http/catalogue.js';
import { COMMANDS, CommandsController } from './http/commands.controller.js';
import { HealthController } from './http/health.controller.js';
import { I18nController } from './http/i18n.controller.js';
import { ProblemFilter, refuseFields } from './http/problem.filter.js';
import { ReadsController } from './http/reads.controller.js';
import { SessionController } from './http/session.controller.js';
import { SERVICES, type Services } from './services.js';

@Module({})
export class AppModule {
  static over(services: Services): DynamicModule {
    const { platform, identity } = services;
    const commands = bindCommands(platform.registry, platform.executor);
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: [HealthController, I18nController, SessionController, ReadsController, CommandsController],
      providers: [
        { provide: SERVICES, useValue: services },
        { provide: Identity, useValue: identity },
        { provide: LiveFeed, useValue: new LiveFeed(platform.registry, platform.views, platform.runner) },
        { provide: COMMANDS, useValue: commands },
        { provide: APP_PIPE, useValue: new StandardSchemaValidationPipe({ exceptionFactory: refuseFields }) },
        { provide: APP_FILTER, useClass: ProblemFilter },
        Catalogue,
        LiveGateway,
        ...[...commands.values()].map(({ Handler }) => Handler),
        ...bindQueries(platform),
      ],
    };
  }
}
