import { type DynamicModule, Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { Identity } from '#platform/identity';
import { LIVE_PLATFORM, LiveFeed, LiveGateway, type LivePlatform, Presence } from '#platform/live';
import { bindCommands, bindQueries, observedExecutor } from '#platform/runtime';
import { AttachmentsController } from './attachments/attachments.controller.js';
import { FilesController } from './attachments/files.controller.js';
import { DraftGateway } from './drafting/draft.gateway.js';
import { TextsController } from './drafting/texts.controller.js';
import { ExportsController } from './exchange/exports.controller.js';
import { ImportsController } from './exchange/imports.controller.js';
import { Catalogue } from './http/catalogue.js';
import { COMMANDS, CommandsController } from './http/commands.controller.js';
import { HealthController } from './http/health.controller.js';
import { I18nController } from './http/i18n.controller.js';
import { ProblemFilter, refuseFields } from './http/problem.filter.js';
import { ReadsController } from './http/reads.controller.js';
import { SessionController } from './http/session.controller.js';
import { PublicSite } from './public/site.js';
import { ExchangeController } from './languages/exchange.controller.js';
import { TranslationMemory } from './languages/memory.js';
import { TermsController } from './languages/terms.controller.js';
import { SERVICES, type Services } from './services.js';

@Module({})
export class AppModule {
  static over(services: Services): DynamicModule {
    const { platform, identity, presence, log, metrics } = services;
    const roles = new Set(services.config.COMITY_ROLES);
    const commands = bindCommands(platform.registry, observedExecutor(platform.executor, metrics));
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: [HealthController, ...(roles.has('api') ? [I18nController, SessionController, TextsController, ExportsController, ImportsController, ExchangeController, TermsController, AttachmentsController, FilesController, ReadsController, CommandsController] : [])],
      providers: [
        { provide: SERVICES, useValue: services },
        { provide: Identity, useValue: identity },
        { provide: LiveFeed, useValue: new LiveFeed(platform.registry, platform.views, platform.runner, (err) => log.error({ err }, 'the live feed')) },
        { provide: Presence, useValue: presence },
        { provide: LIVE_PLATFORM, useValue: { views: platform.views, signals: platform.signals, gauge: metrics.gauge.bind(metrics) } satisfies LivePlatform },
        { provide: COMMANDS, useValue: commands },
        { provide: APP_PIPE, useValue: new StandardSchemaValidationPipe({ exceptionFactory: refuseFields }) },
        { provide: APP_FILTER, useClass: ProblemFilter },
        Catalogue,
        ...(roles.has('api') ? [PublicSite] : []),
        ...(roles.has('api') ? [CommandsController, TranslationMemory] : []),
        ...(roles.has('live') ? [LiveGateway, DraftGateway] : []),
        ...[...commands.values()].map(({ Handler }) => Handler),
        ...bindQueries(platform),
      ],
    };
  }
}
