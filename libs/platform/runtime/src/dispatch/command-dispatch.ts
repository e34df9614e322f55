import type { Type } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Appended, CommandExecutor, CommandRefusal, Envelope, Registry } from '#platform/event-store';

/** One envelope class for each aggregate: what travels on the CommandBus. */
export abstract class AggregateCommand extends Command<Appended | CommandRefusal> {
  constructor(readonly envelope: Envelope) {
    super();
  }
}

export interface CommandBinding {
  readonly Command: new (envelope: Envelope) => AggregateCommand;
  readonly Handler: Type<ICommandHandler<AggregateCommand>>;
}

/** The envelope classes by name of aggregate, each with the one generic handler; the CommandBus dispatches by class. */
export function bindCommands(registry: Registry, executor: Pick<CommandExecutor, 'execute'>): ReadonlyMap<string, CommandBinding> {
  return new Map(
    registry.aggregates.map(({ name }) => {
      const Envelope = { [`${name}Command`]: class extends AggregateCommand {} }[`${name}Command`]!;
      class Handler implements ICommandHandler<AggregateCommand> {
        execute({ envelope }: AggregateCommand) {
          return executor.execute(envelope);
        }
      }
      Object.defineProperty(Handler, 'name', { value: `${name}Handler` });
      CommandHandler(Envelope)(Handler);
      return [name, { Command: Envelope, Handler }];
    }),
  );
}
