import { type Command, InvalidArgumentError } from 'commander';
import { type Config, settings } from '../../config.ts';
import type { Cli } from '../cli.ts';

interface Options {
  readonly host?: string;
  readonly port?: number;
  readonly json?: boolean;
}

/** `voxgauge serve` */
export function addServeCommand(program: Command, cli: Cli): void {
  program
    .command('serve')
    .description('run the server until it is told to stop (SIGTERM, SIGINT)')
    .option('--host <address>', `address to listen on (default: VOXGAUGE_HOST, or ${settings.host.fallback})`)
    .option(
      '--port <port>',
      `port to listen on, 0 for any (default: VOXGAUGE_PORT, or ${settings.port.fallback})`,
      parsePort,
    )
    .option('--json', 'print the address as JSON')
    .action((options: Options) => serve(cli, options));
}

function parsePort(text: string): number {
  const port = settings.port.parse(text);
  if (port.ok) return port.value;
  throw new InvalidArgumentError(`It must be ${port.error}.`);
}

async function serve(cli: Cli, { host, port, json }: Options): Promise<void> {
  const given: Partial<Config> = { ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }) };
  const server = await cli.startServer(given);
  if (json) cli.print(JSON.stringify({ address: server.address }));
  else
    cli.say(
      `Voxgauge listens on ${server.address}\n  the dashboard is there; ${server.address}/docs has the API reference and the guides`,
    );
  if ((await server.store.accounts.users()).length === 0) sayHowToBegin(cli);
  await server.stopped;
}

function sayHowToBegin(cli: Cli): void {
  cli.say('There are no users yet. In another terminal, in this folder:');
  cli.say('  npx voxgauge user add --login you --time-zone America/New_York   adds a login and prints its password');
  cli.say('  npx voxgauge key add --login you                                 prints the key to send calls with');
}
